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
        var failOn = FailOn.Must;
        if (reader.ReadSingle(Settings.FailOn) is { } word && !TryParse(word, out failOn))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.FailOn),
                $"'{word}' must be {string.Join(", ", Words.SkipLast(1))} or {Words[^1]}{Nearest.WriteHint(word, Words)}");
        }

        return new ExitPlan(failOn, ReadBaseline(reader, problems, failOn, open), reader.Switch(Settings.FailOnStandIn));
    }

    private static bool TryParse(string word, out FailOn failOn)
    {
        failOn = Words.Contains(word) ? Enum.Parse<FailOn>(word, ignoreCase: true) : FailOn.Must;
        return Words.Contains(word);
    }

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
