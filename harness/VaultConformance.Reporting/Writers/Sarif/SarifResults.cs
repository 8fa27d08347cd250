using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>
/// One result for every control that failed, was waived, could not be told or did not run. One per control and not per pod: all pods share
/// the values, so that one line is to be changed. What passed or does not apply is no result, because code scanning takes every result for
/// a problem.
/// </summary>
/// <param name="report">The report.</param>
/// <param name="rules">The rules of the report.</param>
internal sealed class SarifResults(ConformanceReport report, SarifRules rules)
{
    private const string Open = "open";
    private const string Fail = "fail";

    private readonly SarifPlaces _places = new(report.ValuesFiles);

    /// <summary>The results, by id.</summary>
    public IReadOnlyList<SarifResult> ListAll()
    {
        var judged =
            report.Results.Where(result => result.GetStanding() is not (Standing.Holds or Standing.DoesNotApply or Standing.Unproven))
                .Select(result => (result.Control.Id, Result: CreateFor(result)));
        var others = ReportTotals.ListNotRun(report).Select(id => (Id: id, Result: CreateNotRun(id)));
        return [.. judged.Concat(others).OrderBy(pair => pair.Id).Select(pair => pair.Result)];
    }

    private SarifResult CreateFor(ControlResult result) => new(
        result.Control.Id.ToString(),
        rules.PlaceOf(result.Control.Id),
        result.GetStanding() is Standing.Untold or Standing.UntoldAdvice ? Open : Fail,
        FindLevel(result),
        new SarifText(SarifMessage.Describe(result, report.ValuesFiles.Count > 0)),
        _places.List(result.Declared, result.Findings),
        SarifPlaces.ListRelated(result.Declared),
        ComputeFingerprints(result.Control.Id),
        result.Outcome == Outcome.Waived ? [new SarifSuppression("external", "accepted", DescribeJustification(result.Waiver))] : null,
        new SarifResultProperties(
            result.Outcome.ToString(),
            result.Level.ToString().ToUpperInvariant(),
            result.Waiver is { } waiver ? SarifWords.Shorten(waiver.Id) : null));

    private SarifResult CreateNotRun(ControlId id) => new(
        id.ToString(),
        rules.PlaceOf(id),
        Open,
        null,
        new SarifText(SarifMessage.DescribeNotRun(id, report.Problem)),
        _places.List([], []),
        null,
        ComputeFingerprints(id),
        null,
        new SarifResultProperties("NotRun", null, null));

    // A result that is open has no level of its own in the standard; viewers that pass over the kind take the rule's, which is the right
    // one. What is waived must not stop a build where suppressions are not understood.
    private static string? FindLevel(ControlResult result) => result.GetStanding() switch
    {
        Standing.Untold or Standing.UntoldAdvice => null,
        Standing.Accepted => SarifWords.DescribeLevel(Requirement.May),
        _ => SarifWords.DescribeLevel(result.Level),
    };

    private static string DescribeJustification(Waiver? waiver) => waiver is null
        ? "The deviation is declared and still valid."
        : SarifWords.ToSentence(string.Create(
            CultureInfo.InvariantCulture,
            $"{waiver.Reason} Waiver {waiver.Id}, owner {waiver.Owner}, approved by {waiver.ApprovedBy}, expires "
                + $"{waiver.Expires:yyyy-MM-dd}."));

    // The same whatever the line, the reason and the outcome: a failure that cannot be told any more stays the same open alert instead of
    // being closed as fixed.
    private static Dictionary<string, string> ComputeFingerprints(ControlId id)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"vault-conformance control {id}")));
        return new Dictionary<string, string>
        {
            ["primaryLocationLineHash"] = $"{hash[..16]}:1", ["vaultConformanceControl/v1"] = id.ToString()
        };
    }
}
