using VaultConformance.Reporting;
using VaultConformance.Harness;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Runs.Plan;

/// <summary>What decides the exit code of a run.</summary>
/// <param name="FailOn">What counts as a failure.</param>
/// <param name="Baseline">Earlier run to compare with; null when nothing is compared.</param>
/// <param name="FailOnStandIn">Whether a run of a stand-in must not end with success.</param>
internal sealed record ExitPlan(FailOn FailOn, ComparedRun? Baseline, bool FailOnStandIn)
{
    /// <summary>A required control that failed.</summary>
    public static ExitPlan Default { get; } = new(FailOn.Must, null, false);

    /// <summary>The words of <c>--fail-on</c>.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetNames<FailOn>().Select(name => name.ToLowerInvariant())];

    /// <summary>Reads it.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="open">Opens the results of an earlier run.</param>
    public static ExitPlan Read(PlanReader reader, PlanProblems problems, Func<string, ComparedRun> open)
    {
        var word = reader.ReadSingle(Settings.FailOn);
        if (word is not null && FindFailOn(word) is null)
        {
            problems.Add(reader.DescribeOrigin(Settings.FailOn), ExplainWord(word));
        }

        var failOn = FindFailOn(word) ?? FailOn.Must;
        return new ExitPlan(failOn, ReadBaseline(reader, problems, failOn, open), reader.Switch(Settings.FailOnStandIn));
    }

    /// <summary>What a word means; null for none and for one that is not among <see cref="Words"/>.</summary>
    /// <param name="word">The word.</param>
    public static FailOn? FindFailOn(string? word) =>
        word is not null && Words.Contains(word) ? Enum.Parse<FailOn>(word, ignoreCase: true) : null;

    /// <summary>Why a word means nothing.</summary>
    /// <param name="word">The word.</param>
    public static string ExplainWord(string word) =>
        $"'{word}' must be {string.Join(", ", Words.SkipLast(1))} or {Words[^1]}{Nearest.WriteHint(word, Words)}";

    private static ComparedRun? ReadBaseline(
        PlanReader reader, PlanProblems problems, FailOn failOn, Func<string, ComparedRun> open)
    {
        var given = reader.ReadSingle(Settings.Baseline);
        if ((given is null) == (failOn == FailOn.Regression))
        {
            problems.Add(given is null
                ? "--fail-on regression: it needs an earlier run to compare with; name it with --baseline"
                : $"{reader.DescribeOrigin(Settings.Baseline)}: an earlier run is compared with --fail-on regression only; "
                    + "add that or leave it out");
        }

        try
        {
            return given is null ? null : open(reader.ToFullPath(given));
        }
        catch (Exception exception) when (exception is HarnessException or ReportingException)
        {
            problems.Add(reader.DescribeOrigin(Settings.Baseline), exception.Message);
            return null;
        }
    }
}

/// <summary>What counts as a failure for the exit code.</summary>
internal enum FailOn
{
    /// <summary>A required control that failed.</summary>
    Must,

    /// <summary>A recommended control that failed, too.</summary>
    Should,

    /// <summary>Only what is worse than in an earlier run.</summary>
    Regression,
}
