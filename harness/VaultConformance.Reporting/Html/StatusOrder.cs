using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>The order in which outcomes are shown everywhere on the page: what needs attention first.</summary>
internal static class StatusOrder
{
    private static readonly IReadOnlyList<string> All =
    [
        nameof(Outcome.Failed), nameof(Outcome.Inconclusive), ControlEntry.NotRun, ControlEntry.NotMet,
        nameof(Outcome.Waived), nameof(Outcome.Passed), nameof(Outcome.Declared), nameof(Outcome.RunOnly), nameof(Outcome.NotApplicable),
    ];

    /// <summary>How many controls have each status, in order, without those that no control has.</summary>
    /// <param name="entries">The controls.</param>
    public static IEnumerable<(string Status, int Count)> Count(IReadOnlyList<ControlEntry> entries) =>
        All.Select(status => (status, entries.Count(entry => entry.Status == status))).Where(pair => pair.Item2 > 0);
}
