using System.Formats.Asn1;
using System.Security.Cryptography;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Tells keys of other kinds from P-256 before they are used, by the object identifiers in them.</summary>
internal static class CurveCheck
{
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private static readonly Asn1Tag Sec1Parameters = new(TagClass.ContextSpecific, 0);

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.1"] = "an RSA key",
        ["1.3.101.112"] = "an Ed25519 key",
        ["1.3.101.113"] = "an Ed448 key",
        ["1.3.132.0.34"] = "a key on curve P-384",
        ["1.3.132.0.35"] = "a key on curve P-521",
        ["1.3.132.0.10"] = "a key on curve secp256k1",
    };

    /// <summary>Refuses a PKCS#8 private key that is not on P-256.</summary>
    public static void Pkcs8(ReadOnlyMemory<byte> der, KeyText text)
    {
        var key = Sequence(der);
        key.ReadInteger();
        Algorithm(key.ReadSequence(), text);
    }

    /// <summary>Refuses a public key that is not on P-256.</summary>
    public static void PublicKey(ReadOnlyMemory<byte> der, KeyText text) => Algorithm(Sequence(der).ReadSequence(), text);

    /// <summary>Refuses a SEC1 private key that is not on P-256.</summary>
    public static void Sec1(ReadOnlyMemory<byte> der, KeyText text)
    {
        var key = Sequence(der);
        key.ReadInteger();
        key.ReadOctetString();
        Curve(key.HasData && key.PeekTag().HasSameClassAndValue(Sec1Parameters) ? key.ReadSequence(Sec1Parameters) : null, text);
    }

    private static void Algorithm(AsnReader algorithm, KeyText text)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (oid != EllipticCurve)
        {
            throw Other(oid, $"a key of algorithm {oid}", text);
        }

        Curve(algorithm, text);
    }

    private static void Curve(AsnReader? parameters, KeyText text)
    {
        if (parameters is not { HasData: true } || parameters.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            throw text.Wrong("the key does not name its curve. Make one that does: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256.");
        }

        var oid = parameters.ReadObjectIdentifier();
        if (oid != P256)
        {
            throw Other(oid, $"a key on curve {oid}", text);
        }
    }

    private static AttestationException Other(string oid, string otherwise, KeyText text) =>
        text.Wrong($"this is {Names.GetValueOrDefault(oid, otherwise)}; attestations are signed with ECDSA on curve P-256.");

    private static AsnReader Sequence(ReadOnlyMemory<byte> der) => new AsnReader(der, AsnEncodingRules.DER).ReadSequence();

    /// <summary>Runs a reader of key bytes and tells damaged ones in one sentence, without what is in them.</summary>
    public static T Read<T>(KeyText text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or FormatException)
        {
            throw text.Wrong("the key in this PEM text is damaged.");
        }
    }
}
