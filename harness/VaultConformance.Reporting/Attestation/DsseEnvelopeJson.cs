using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Reporting.Attestation;

/// <summary>The JSON form of an envelope. Reading is strict: what is unknown, missing, doubled or of the wrong type is an error.</summary>
internal static class DsseEnvelopeJson
{
    private const string PayloadField = "payload";
    private const string PayloadTypeField = "payloadType";
    private const string SignaturesField = "signatures";
    private const string KeyIdField = "keyid";
    private const string SignatureField = "sig";

    // Base64 stays as it is; nothing else in an envelope comes from outside.
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    public static string Write(DsseEnvelope envelope)
    {
        var signatures = envelope.Signatures.Select(signature => (JsonNode)new JsonObject
        {
            [KeyIdField] = signature.KeyId,
            [SignatureField] = Convert.ToBase64String(signature.Value.Span),
        });
        return new JsonObject
        {
            [PayloadField] = Convert.ToBase64String(envelope.Payload.Span),
            [PayloadTypeField] = envelope.PayloadType,
            [SignaturesField] = new JsonArray([.. signatures]),
        }.ToJsonString(Indented) + "\n";
    }

    /// <summary>Reads an envelope.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="what">What it is, for messages, for example <c>Attestation 'x.json'</c>.</param>
    /// <exception cref="AttestationException">It is not an envelope.</exception>
    public static DsseEnvelope Read(ReadOnlyMemory<byte> utf8, string what)
    {
        var fields = new EnvelopeFields(AttestationJson.ParseObject(utf8, what), what);
        fields.RefuseOthersThan(PayloadField, PayloadTypeField, SignaturesField);
        var payload = fields.ReadBytes(PayloadField);
        var signatures = fields.ReadObjects(SignaturesField).Select(ReadSignature).ToList();
        var doubled =
            signatures.Where(signature => signature.KeyId.Length > 0).GroupBy(signature => signature.KeyId).Any(group => group.Count() > 1);
        return doubled
            ? throw fields.CreateProblem("two signatures name the same key")
            : new DsseEnvelope(fields.ReadText(PayloadTypeField), payload, signatures);
    }

    private static DsseSignature ReadSignature(EnvelopeFields fields)
    {
        fields.RefuseOthersThan(KeyIdField, SignatureField);
        return new DsseSignature(fields.Has(KeyIdField) ? fields.ReadText(KeyIdField) : string.Empty, fields.ReadBytes(SignatureField));
    }
}
