using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Results;

namespace VaultConformance.Runs.Attestation;

/// <summary>
/// Controls that a bundle records by another revision than this program has: the requirement changed, so judging again cannot confirm
/// what was recorded. Only bundles of other builds have them; in a bundle of this one another revision was made up.
/// </summary>
/// <param name="Same">Controls whose revisions come to the same outcome, one sentence each.</param>
/// <param name="Unverified">Controls whose revisions come to different outcomes, one sentence each.</param>
internal sealed record RevisedControls(IReadOnlyList<string> Same, IReadOnlyList<string> Unverified)
{
    /// <summary>There are none.</summary>
    public static RevisedControls None { get; } = new([], []);

    /// <summary>Finds them, and puts what was recorded for them in the place of what this program found.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="report">The report as this program judges the observations.</param>
    public static (ConformanceReport Report, RevisedControls Revised) Apply(Bundle bundle, ConformanceReport report)
    {
        var recorded = ReadControls(bundle);
        var revised = report.Results
            .Where(result => recorded.TryGetValue(result.Control.Id, out var other) && other.Revision != result.Control.Revision)
            .Select(result => (Judged: result, Recorded: recorded[result.Control.Id]))
            .ToList();
        var replaced = revised.ToDictionary(pair => pair.Judged.Control.Id, pair => Replace(pair.Judged, pair.Recorded));
        return (
            report with { Results = [.. report.Results.Select(result => replaced.GetValueOrDefault(result.Control.Id, result))] },
            new RevisedControls(
                [.. revised.Where(IsSame).Select(pair => Describe(pair) + $"; both say {pair.Recorded.Outcome}")],
                [.. revised.Where(pair => !IsSame(pair))
                    .Select(pair => Describe(pair) + $"; the bundle says {pair.Recorded.Outcome}, revision "
                        + $"{pair.Judged.Control.Revision} gives {pair.Judged.Outcome}")]));
    }

    private static bool IsSame((ControlResult Judged, ComparedControl Recorded) pair) => pair.Judged.Outcome == pair.Recorded.Outcome;

    private static string Describe((ControlResult Judged, ComparedControl Recorded) pair) =>
        $"{pair.Recorded.Id} was judged by revision {pair.Recorded.Revision}, this program has revision {pair.Judged.Control.Revision}";

    private static ControlResult Replace(ControlResult judged, ComparedControl recorded) => judged with
    {
        Control = judged.Control with { Revision = recorded.Revision },
        Outcome = recorded.Outcome ?? judged.Outcome,
        Reason = recorded.Reason,
        Findings = recorded.Findings,
    };

    // Results that cannot be read are compared as they are, and found to differ.
    private static Dictionary<ControlId, ComparedControl> ReadControls(Bundle bundle)
    {
        try
        {
            return JsonReportReader.Read(BundleLayout.Results, bundle.Require(BundleLayout.Results)).Controls
                .Where(control => control.Outcome is not null)
                .ToDictionary(control => control.Id);
        }
        catch (ResultsException)
        {
            return [];
        }
    }
}
