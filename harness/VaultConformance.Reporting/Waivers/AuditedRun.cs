using System.Text.Json;
using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>What the results of a run say about the waivers that it was given.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Statuses">What became of each waiver.</param>
public sealed record AuditedRun(string RunId, IReadOnlyList<WaiverStatus> Statuses)
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Reads <c>results.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="WaiverException">It cannot be read, or is of another layout.</exception>
    public static async Task<AuditedRun> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            if (stream.Length > MaximumBytes)
            {
                throw new JsonException("It is larger than 64 MiB.");
            }

            var results = await JsonSerializer.DeserializeAsync<Results>(stream, Options, cancellationToken) ?? throw new JsonException("It holds no object.");
            return results.SchemaVersion == ResultsSchema.Version
                ? new AuditedRun(results.RunId, [.. results.Waivers.Select(status => status.ToModel())])
                : throw new JsonException($"It has schema version {results.SchemaVersion}; this program reads {ResultsSchema.Version}.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw WaiverException.UnreadableResults(path, exception);
        }
    }

    private sealed record Results(string SchemaVersion, string RunId, IReadOnlyList<JsonWaiverStatus> Waivers);
}
