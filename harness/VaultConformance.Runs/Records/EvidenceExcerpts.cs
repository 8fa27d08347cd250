using System.Text.Json;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>
/// Shows readers what the recorded evidence says about the controls that failed or could not be determined. It decides nothing: a part that
/// is missing or damaged only shortens the excerpt, and the findings say the rest.
/// </summary>
/// <param name="parts">The evidence.</param>
internal sealed class EvidenceExcerpts(IEvidenceParts parts)
{
    // Where a pod does not run, its state says more than anything that the control is about.
    private static readonly EvidenceMember[] PodStates =
    [
        EvidenceMember.Parse("objects: pods[].status.phase"), EvidenceMember.Parse("objects: pods[].status.containerStatuses[].state"),
    ];

    private readonly Dictionary<string, JsonElement?> _read = new(StringComparer.Ordinal);

    /// <summary>The results with their excerpts.</summary>
    /// <param name="results">The results.</param>
    public IReadOnlyList<ControlResult> AddTo(IReadOnlyList<ControlResult> results) =>
        [.. results.Select(result =>
            result.Outcome is Outcome.Failed or Outcome.Waived or Outcome.Inconclusive ? result with { Excerpt = Write(result) } : result)];

    private EvidenceExcerpt Write(ControlResult result)
    {
        var wanted = result.Outcome == Outcome.Inconclusive ? Outcome.Inconclusive : Outcome.Failed;
        var findings = result.Findings.Where(finding => finding.Outcome == wanted).ToList();
        List<EvidenceLine> lines =
        [
            .. ListParts(findings.Where(IsMissing)).SelectMany(ListUnavailable),
            .. ListMembers(PodStates, [.. findings.Where(IsOfPod)]),
            .. ListMembers(
                result.Control.Evidence.Select(EvidenceMember.Parse),
                [.. findings.Where(finding => !IsMissing(finding) && !IsOfPod(finding))]),
        ];
        var distinct = lines.Distinct().ToList();
        return new EvidenceExcerpt([.. distinct.Take(EvidenceExcerpt.Longest)], Math.Max(0, distinct.Count - EvidenceExcerpt.Longest));
    }

    private IEnumerable<EvidenceLine> ListMembers(IEnumerable<EvidenceMember> members, List<Finding> findings) =>
        members.SelectMany(member => ListParts(findings).Where(member.IsIn).SelectMany(part => ListMembers(part, member, findings)));

    private IEnumerable<EvidenceLine> ListMembers(string part, EvidenceMember member, List<Finding> findings) =>
        Find(part) is { } root && root.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object
            ? member.ListIn(value, new FindingWords(findings.Where(finding => finding.Evidence.Contains(part))))
                .Select(found => new EvidenceLine(part, found.Place, found.Json))
            : [];

    private IEnumerable<EvidenceLine> ListUnavailable(string part) => Find(part) is not { } root
        ? [new EvidenceLine(part, "value", "(not recorded)")]
        : root.TryGetProperty("unavailable", out var reason) && reason.ValueKind == JsonValueKind.Object
            ? [new EvidenceLine(part, "unavailable", ExcerptJson.Write(reason))]
            : [];

    private static bool IsOfPod(Finding finding) => finding.Fact == "state of the pod";

    private static bool IsMissing(Finding finding) => finding.Fact.StartsWith("observation '", StringComparison.Ordinal);

    private static IEnumerable<string> ListParts(IEnumerable<Finding> findings) =>
        findings.SelectMany(finding => finding.Evidence).Distinct(StringComparer.Ordinal);

    private JsonElement? Find(string part) => _read.TryGetValue(part, out var known) ? known : _read[part] = Read(part);

    private JsonElement? Read(string part)
    {
        try
        {
            using var stream = parts.Open(part);
            if (stream is null)
            {
                return null;
            }

            using var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The control that needs this part says what is wrong with it.
            return null;
        }
    }
}
