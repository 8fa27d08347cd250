using System.Text.Json;

namespace VaultConformance.Harness.Observations;

/// <summary>Whether evidence has a revision that this version understands.</summary>
internal static class EvidenceRevision
{
    /// <summary>Why an observation cannot be used; null when it can.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="revision">Its revision.</param>
    public static string? FindProblem(ObservationKind kind, string subject, int revision)
    {
        if (revision > kind.Revision)
        {
            return $"'{kind.Name}' of '{subject}' was recorded in revision {revision} by a newer version; this version knows revision "
                + $"{kind.Revision}. Use the newer version.";
        }

        return revision < kind.OldestRevision
            ? $"'{kind.Name}' of '{subject}' was recorded in revision {revision}, which meant something else; this version needs revision "
                + $"{kind.OldestRevision}. "
                + "Replay with --reparse where snapshots were recorded, or record the evidence again."
            : null;
    }

    /// <summary>The revision that an observation says it has, even when the rest of it cannot be read; 1 when it says nothing.</summary>
    /// <param name="parts">The evidence.</param>
    /// <param name="part">Name of the part.</param>
    public static int Read(IEvidenceParts parts, string part)
    {
        try
        {
            using var stream = parts.Open(part);
            using var document = stream is null ? null : JsonDocument.Parse(stream);
            return document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("revision", out var revision)
                    && revision.ValueKind == JsonValueKind.Number && revision.TryGetInt32(out var number)
                ? number
                : 1;
        }
        catch (JsonException)
        {
            // It is not JSON at all, which the reader of evidence says.
            return 1;
        }
    }
}
