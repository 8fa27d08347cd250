using System.Security.Cryptography;

namespace VaultConformance.Reporting.Attestation;

/// <summary>A private ECDSA key on P-256. Nothing of it is ever shown but the id of its public half.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = VerificationKey.From(key);
    }

    /// <summary>Its public half.</summary>
    public VerificationKey Public { get; }

    /// <summary>Id of its public half.</summary>
    public string KeyId => Public.KeyId;

    /// <summary>Reads a private key from PEM text: PKCS#8 or SEC1, not encrypted.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="AttestationException">It is no such key.</exception>
    public static SigningKey Parse(KeyText text)
    {
        var pem = PemKey.FindIn(text);
        return pem.Label switch
        {
            PemKey.Pkcs8Label => Import(text, pem, CurveCheck.CheckPkcs8, (key, der) => key.ImportPkcs8PrivateKey(der, out _)),
            PemKey.Sec1Label => Import(text, pem, CurveCheck.CheckSec1, (key, der) => key.ImportECPrivateKey(der, out _)),
            PemKey.PublicLabel or PemKey.CertificateLabel =>
                throw text.CreateProblem($"this is {pem.Kind}; signing needs the private key."),
            _ => throw text.CreateProblem(
                $"this is {pem.Kind}; signing needs a private ECDSA key on curve P-256 ('{PemKey.Pkcs8Label}' or '{PemKey.Sec1Label}')."),
        };
    }

    /// <summary>Signs: ECDSA with SHA-256, as an ASN.1 DER sequence.</summary>
    /// <param name="data">What is signed.</param>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>The id; never the key.</summary>
    public override string ToString() => KeyId;

    /// <inheritdoc />
    public void Dispose()
    {
        _key.Dispose();
        Public.Dispose();
    }

    private static SigningKey Import(KeyText text, PemKey pem, Action<ReadOnlyMemory<byte>, KeyText> check, Action<ECDsa, byte[]> import) =>
        CurveCheck.Read(text, () =>
        {
            check(pem.Der, text);
            var key = ECDsa.Create();
            try
            {
                import(key, pem.Der);
                return new SigningKey(key);
            }
            catch
            {
                key.Dispose();
                throw;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pem.Der);
            }
        });
}
