using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>
/// Signs certificates with ECDSA over SHA-1, which the platform's own generator refuses to: known-bad certificates need it.
/// </summary>
/// <param name="key">The issuer's key.</param>
internal sealed class WeakHashSigner(ECDsa key) : X509SignatureGenerator
{
    private const string EcdsaWithSha1 = "1.2.840.10045.4.1";

    /// <inheritdoc />
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EcdsaWithSha1);
        }

        return writer.Encode();
    }

    /// <inheritdoc />
    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc />
    protected override PublicKey BuildPublicKey() => new(key);
}
