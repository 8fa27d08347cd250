using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes <c>gl-code-quality.json</c>: what failed or could not be determined, for merge requests of GitLab.</summary>
public sealed class CodeQualityWriter : IReportWriter
{
    private const int Longest = 1000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <inheritdoc />
    public string FileName => "gl-code-quality.json";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) =>
        Task.FromResult(JsonSerializer.Serialize(ListIssues(report), Options) + "\n");

    // GitLab shows nothing without a path; a run without values files has none to show.
    private static IReadOnlyList<Issue> ListIssues(ConformanceReport report) =>
    [
        .. DeviationGroup.ListFrom(report)
            .SelectMany(group => group.Deviations)
            .SelectMany(deviation => deviation.Results)
            .Where(result => result.GetStanding() != Standing.Accepted)
            .Select(result => CreateIssue(report, result)),
    ];

    private static Issue CreateIssue(ConformanceReport report, ControlResult result)
    {
        var (path, line) =
            result.Declared is [var value, ..] ? (value.Path, value.Line) : (report.ValuesFiles is [var file, ..] ? file : "values", 1);
        return new Issue(
            Printable.Cut(
                Printable.ToOneLine($"{result.Control.Id} ({result.Level.ToString().ToUpperInvariant()}): {result.Summary}"), Longest),
            result.Control.Id.ToString(),
            ComputeFingerprint(result.Control.Id, path),
            DescribeSeverity(result),
            new Location(path, new Lines(Math.Max(1, line))));
    }

    // The same in every run, so that GitLab can tell new from known; each values file has its own.
    private static string ComputeFingerprint(ControlId id, string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"vault-conformance {id} {path}")));

    private static string DescribeSeverity(ControlResult result) => result.GetStanding() switch
    {
        Standing.Breach => "critical",
        Standing.Untold => "major",
        Standing.Advice => "minor",
        _ => "info",
    };

    private sealed record Issue(
        string Description,
        [property: JsonPropertyName("check_name")] string CheckName,
        string Fingerprint,
        string Severity,
        Location Location);

    private sealed record Location(string Path, Lines Lines);

    private sealed record Lines(int Begin);
}
