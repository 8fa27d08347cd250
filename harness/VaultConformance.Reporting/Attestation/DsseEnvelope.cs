using System.Text;

namespace VaultConformance.Reporting.Attestation;

/// <summary>A payload with its signatures: a DSSE envelope.</summary>
/// <param name="PayloadType">Type of the payload; covered by the signatures.</param>
/// <param name="Payload">The payload, byte for byte as it was signed.</param>
/// <param name="Signatures">The signatures; never empty.</param>
internal sealed record DsseEnvelope(string PayloadType, ReadOnlyMemory<byte> Payload, IReadOnlyList<DsseSignature> Signatures)
{
    /// <summary>Type of a payload that is an in-toto Statement.</summary>
    public const string InTotoPayloadType = "application/vnd.in-toto+json";

    /// <summary>Puts a statement into an envelope and signs it.</summary>
    /// <param name="payload">The statement.</param>
    /// <param name="key">Who signs.</param>
    public static DsseEnvelope Sign(ReadOnlyMemory<byte> payload, SigningKey key)
    {
        var signature = key.Sign(EncodeSigned(InTotoPayloadType, payload.Span));
        return new DsseEnvelope(InTotoPayloadType, payload, [new DsseSignature(key.KeyId, signature)]);
    }

    /// <summary>True when one of the signatures is good and by this key. Signatures that name another key are passed over.</summary>
    /// <param name="key">The key.</param>
    public bool IsSignedBy(VerificationKey key)
    {
        var signed = EncodeSigned(PayloadType, Payload.Span);
        return Signatures.Any(signature => signature.MayBeBy(key.KeyId) && key.Verifies(signed, signature.Value.Span));
    }

    // "Pre-authentication encoding": type and payload with their lengths, so that nothing can be moved from one to the other.
    private static byte[] EncodeSigned(string payloadType, ReadOnlySpan<byte> payload)
    {
        var type = Encoding.UTF8.GetBytes(payloadType);
        var lengths = Encoding.UTF8.GetBytes(FormattableString.Invariant($"DSSEv1 {type.Length} "));
        var length = Encoding.UTF8.GetBytes(FormattableString.Invariant($" {payload.Length} "));
        return [.. lengths, .. type, .. length, .. payload];
    }
}

/// <summary>One signature of an envelope.</summary>
/// <param name="KeyId">Says which key it is by; only a hint, which nothing protects. Empty when it is not said.</param>
/// <param name="Value">The signature.</param>
internal sealed record DsseSignature(string KeyId, ReadOnlyMemory<byte> Value)
{
    /// <summary>True unless the signature says that it is by another key.</summary>
    /// <param name="keyId">Id of the key.</param>
    public bool MayBeBy(string keyId) => KeyId.Length == 0 || KeyId == keyId;
}
