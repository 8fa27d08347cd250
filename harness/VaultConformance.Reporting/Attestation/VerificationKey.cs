using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Reporting.Attestation;

/// <summary>A public ECDSA key on P-256.</summary>
internal sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key, bool fromCertificate)
    {
        _key = key;
        FromCertificate = fromCertificate;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 of the key's SubjectPublicKeyInfo in DER, hexadecimal.</summary>
    public string KeyId { get; }

    /// <summary>True when the key was taken out of a certificate, of which nothing else was checked.</summary>
    public bool FromCertificate { get; }

    /// <summary>Reads a public key from PEM text: a public key or a certificate.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="AttestationException">It is no such key.</exception>
    public static VerificationKey Parse(KeyText text)
    {
        var pem = PemKey.FindIn(text);
        return pem.Label switch
        {
            PemKey.PublicLabel => CurveCheck.Read(text, () => Import(text, pem.Der, fromCertificate: false)),
            PemKey.CertificateLabel => CurveCheck.Read(text, () => Import(text, ReadCertificate(pem.Der), fromCertificate: true)),
            PemKey.Pkcs8Label or PemKey.Sec1Label =>
                throw text.CreateProblem("this is a private key; verifying needs the public one, which anyone may have: openssl pkey -in "
                    + "KEY -pubout -out FILE."),
            _ =>
                throw text.CreateProblem($"this is {pem.Kind}; verifying needs a public ECDSA key on curve P-256 ('{PemKey.PublicLabel}' "
                    + $"or '{PemKey.CertificateLabel}')."),
        };
    }

    /// <summary>True when the signature is good.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature, an ASN.1 DER sequence.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    internal static VerificationKey From(ECDsa key)
    {
        var publicKey = ECDsa.Create();
        publicKey.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        return new VerificationKey(publicKey, fromCertificate: false);
    }

    private static VerificationKey Import(KeyText text, byte[] der, bool fromCertificate)
    {
        CurveCheck.CheckPublicKey(der, text);
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out _);
            return new VerificationKey(key, fromCertificate);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static byte[] ReadCertificate(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.PublicKey.ExportSubjectPublicKeyInfo();
    }
}
