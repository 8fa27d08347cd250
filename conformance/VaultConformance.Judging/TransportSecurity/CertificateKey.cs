using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the public key of a certificate is strong enough, and one that Go's TLS takes.</summary>
/// <param name="Fits">True when it is.</param>
/// <param name="Name">What it is, for people.</param>
internal sealed record CertificateKey(bool Fits, string Name)
{
    /// <summary>What is expected of every certificate.</summary>
    public const string Expected = "RSA with 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519";

    private const string Ed25519 = "1.3.101.112";
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 8192;
    private const int SmallestExponent = 3;

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>Of a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public static CertificateKey From(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = certificate.GetECDsaPublicKey();
            return (rsa, ecdsa) switch
            {
                ({ } key, _) => FromRsa(key.ExportParameters(includePrivateParameters: false)),
                (_, { } key) => FromCurve(key),
                _ when certificate.PublicKey.Oid.Value == Ed25519 => new CertificateKey(true, "Ed25519"),
                _ => new CertificateKey(false, certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "unknown"),
            };
        }
        catch (CryptographicException exception)
        {
            return new CertificateKey(false, $"a key that cannot be read ({exception.Message})");
        }
    }

    private static CertificateKey FromRsa(RSAParameters key)
    {
        var bits = new BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        var exponent = new BigInteger(key.Exponent, isUnsigned: true, isBigEndian: true);
        return exponent < SmallestExponent || exponent.IsEven
            ? new CertificateKey(false, $"RSA with {bits} bits and the exponent {exponent}, with which nothing is signed")
            : new CertificateKey(bits is >= SmallestRsa and <= LargestRsa, $"RSA with {bits} bits");
    }

    private static CertificateKey FromCurve(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
        return new CertificateKey(Curves.Contains(curve?.Value), curve?.FriendlyName ?? curve?.Value ?? "a curve without a name");
    }
}
