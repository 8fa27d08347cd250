using System.Collections.Concurrent;
using System.Text.Json;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Runs.Replaying;

/// <summary>Recorded evidence in which some facts were read again: those are shown as this version reads them.</summary>
/// <param name="parts">The evidence as it was recorded.</param>
internal sealed class RereadParts(IEvidenceParts parts) : IEvidenceParts
{
    private readonly ConcurrentDictionary<string, object> _again = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public string Name => parts.Name;

    /// <inheritdoc />
    public string Locate(string part) => parts.Locate(part);

    /// <inheritdoc />
    public Stream? Open(string part) => _again.TryGetValue(part, out var observation)
        ? new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(observation, observation.GetType(), EvidenceJson.Options))
        : parts.Open(part);

    /// <summary>Takes an observation that was read again.</summary>
    /// <param name="stage">Stage that it belongs to.</param>
    /// <param name="kind">Name of its kind.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="observation">The observation.</param>
    public void Keep(ObservationStage stage, string kind, string subject, object observation) =>
        _again[EvidenceReader.BuildPartPath(kind, subject, stage)] = observation;
}
