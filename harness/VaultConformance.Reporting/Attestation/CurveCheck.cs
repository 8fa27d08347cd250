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
    public static void CheckPkcs8(ReadOnlyMemory<byte> der, KeyText text)
    {
        var key = ReadSequence(der);
        key.ReadInteger();
        CheckAlgorithm(key.ReadSequence(), text);
    }

    /// <summary>Refuses a public key that is not on P-256.</summary>
    public static void CheckPublicKey(ReadOnlyMemory<byte> der, KeyText text) => CheckAlgorithm(ReadSequence(der).ReadSequence(), text);

    /// <summary>Refuses a SEC1 private key that is not on P-256.</summary>
    public static void CheckSec1(ReadOnlyMemory<byte> der, KeyText text)
    {
        var key = ReadSequence(der);
        key.ReadInteger();
        key.ReadOctetString();
        CheckCurve(key.HasData && key.PeekTag().HasSameClassAndValue(Sec1Parameters) ? key.ReadSequence(Sec1Parameters) : null, text);
    }

    private static void CheckAlgorithm(AsnReader algorithm, KeyText text)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (oid != EllipticCurve)
        {
            throw CreateOther(oid, $"a key of algorithm {oid}", text);
        }

        CheckCurve(algorithm, text);
    }

    private static void CheckCurve(AsnReader? parameters, KeyText text)
    {
        if (parameters is not { HasData: true } || parameters.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            throw text.CreateProblem(
                "the key does not name its curve. Make one that does: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256.");
        }

        var oid = parameters.ReadObjectIdentifier();
        if (oid != P256)
        {
            throw CreateOther(oid, $"a key on curve {oid}", text);
        }
    }

    private static AttestationException CreateOther(string oid, string otherwise, KeyText text) =>
        text.CreateProblem($"this is {Names.GetValueOrDefault(oid, otherwise)}; attestations are signed with ECDSA on curve P-256.");

    private static AsnReader ReadSequence(ReadOnlyMemory<byte> der) => new AsnReader(der, AsnEncodingRules.DER).ReadSequence();

    /// <summary>Runs a reader of key bytes and tells damaged ones in one sentence, without what is in them.</summary>
    public static T Read<T>(KeyText text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or FormatException)
        {
            throw text.CreateProblem("the key in this PEM text is damaged.");
        }
    }
}
