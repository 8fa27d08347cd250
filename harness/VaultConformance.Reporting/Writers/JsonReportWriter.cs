using System.Text.Json;
using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes <c>results.json</c>: everything, for programs.</summary>
public sealed class JsonReportWriter : IReportWriter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter() },
    };

    /// <inheritdoc />
    public string FileName => "results.json";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) =>
        Task.FromResult(JsonSerializer.Serialize(JsonReport.From(report), Options) + "\n");
}
