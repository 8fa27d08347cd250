using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers.Sarif;

namespace VaultConformance.Reporting.Writers;

/// <summary>
/// Writes <c>results.sarif</c>: what is to be changed, at the line of the values file that decides it, for code scanning.
/// </summary>
public sealed partial class SarifReportWriter : IReportWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <inheritdoc />
    public string FileName => "results.sarif";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) =>
        Task.FromResult(
            JsonSerializer.Serialize(new SarifLog(SarifLog.SchemaUri, SarifLog.FormatVersion, [RunOf(report)]), Options) + "\n");

    private static SarifRun RunOf(ConformanceReport report)
    {
        var rules = SarifRules.From(report);
        return new SarifRun(
            SarifRunProperties.From(report),
            new SarifTool(CreateDriver(report.Tool, rules)),
            new SarifAutomation(SarifWords.Shorten($"vault-conformance/{report.Profile}/{report.RunId}")),
            [SarifInvocations.From(report, rules)],
            new Dictionary<string, SarifBase> { [SarifPlaces.SourceRoot] = new(new SarifText("The folder that the run was started in.")) },
            "utf16CodeUnits",
            new SarifResults(report, rules).ListAll());
    }

    private static SarifDriver CreateDriver(string tool, SarifRules rules)
    {
        var match = NameAndVersion.Match(tool);
        return match.Success
            ? new SarifDriver(match.Groups["name"].Value, match.Groups["version"].Value, null, rules.All)
            : new SarifDriver("vault-conformance", null, SarifWords.Shorten(tool) is { Length: > 0 } version ? version : null, rules.All);
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z][\w-]*) (?<version>[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndVersion { get; }
}
