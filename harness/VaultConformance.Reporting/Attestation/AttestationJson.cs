using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Reporting.Json;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Reads the JSON of envelopes and statements, which must mean the same to every reader.</summary>
internal static class AttestationJson
{
    /// <summary>Reads one object.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="what">What it is, for messages, for example <c>Attestation 'x.json'</c>.</param>
    /// <exception cref="AttestationException">It is not a JSON object, or an ambiguous one.</exception>
    public static JsonObject ParseObject(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            using var document = StrictJson.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(document.RootElement.Clone())!
                : throw new AttestationException($"{what} is not well-formed: it holds no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new AttestationException($"{what} is not well-formed: {exception.Message}.", exception);
        }
    }
}
