using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Output;

/// <summary>How much of a report a console shows.</summary>
/// <param name="Shown">Outcomes whose controls are shown.</param>
/// <param name="Detail">How much of each.</param>
internal sealed record ReportView(IReadOnlyCollection<Outcome> Shown, Detail Detail)
{
    /// <summary>True when what the evidence says is shown too.</summary>
    public bool ShowsEvidence { get; init; } = Detail == Detail.Verbose;

    /// <summary>How to see what is left out, as the end of a sentence.</summary>
    public string HowToSeeAll { get; init; } = "--show all says why";

    /// <summary>What needs attention, with what to do about it.</summary>
    public static ReportView Default { get; } = new([Outcome.Failed, Outcome.Inconclusive], Detail.Normal);

    /// <summary>The words of <c>--show</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<Outcome>> Words { get; } =
        new Dictionary<string, IReadOnlyCollection<Outcome>>(StringComparer.OrdinalIgnoreCase)
        {
            ["failed"] = [Outcome.Failed],
            ["inconclusive"] = [Outcome.Inconclusive],
            ["waived"] = [Outcome.Waived],
            ["passed"] = [Outcome.Passed],
            ["not-applicable"] = [Outcome.NotApplicable],
            ["declared"] = [Outcome.Declared],
            ["run-only"] = [Outcome.RunOnly],
            ["all"] = Enum.GetValues<Outcome>(),
        };
}

/// <summary>How much is said.</summary>
internal enum Detail
{
    /// <summary>One line for each control that is shown, and the verdict.</summary>
    Quiet,

    /// <summary>Why, and what to do.</summary>
    Normal,

    /// <summary>Every fact that deviates, and how long everything took.</summary>
    Verbose,
}
