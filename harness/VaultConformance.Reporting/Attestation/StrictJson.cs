using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Reads JSON that must mean the same to every reader: no doubled member, no comment, no trailing comma, nothing that is not UTF-8.</summary>
public static class StrictJson
{
    private const int DeepestNesting = 32;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = DeepestNesting };

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one object.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="what">What it is, for messages, for example <c>Attestation 'x.json'</c>.</param>
    /// <exception cref="AttestationException">It is no JSON object, or an ambiguous one.</exception>
    public static JsonObject Object(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            return JsonNode.Parse(Encoding.GetString(utf8.Span), documentOptions: Options) as JsonObject
                ?? throw new AttestationException($"{what} is not well-formed: it holds no JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or ArgumentException)
        {
            throw new AttestationException($"{what} is not well-formed: {exception.Message}", exception);
        }
    }
}
