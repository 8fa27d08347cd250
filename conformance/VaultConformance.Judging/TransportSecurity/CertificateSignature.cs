using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the algorithm that a certificate is signed with is strong enough, and one that Go's TLS takes.</summary>
/// <param name="Fits">True when it is.</param>
/// <param name="Name">Its name, for people.</param>
internal sealed record CertificateSignature(bool Fits, string Name)
{
    /// <summary>What is expected of every certificate.</summary>
    public const string Expected = "SHA-256 or better";

    private const string Pss = "1.2.840.113549.1.1.10";

    // ECDSA and RSA with SHA-256, 384 and 512, and Ed25519.
    private static readonly string[] Strong =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.3.101.112",
    ];

    private static readonly Dictionary<string, (string Name, int Length)> StrongHashes = new(StringComparer.Ordinal)
    {
        [NistObjectIdentifiers.IdSha256.Id] = ("SHA-256", 32),
        [NistObjectIdentifiers.IdSha384.Id] = ("SHA-384", 48),
        [NistObjectIdentifiers.IdSha512.Id] = ("SHA-512", 64),
    };

    /// <summary>Of a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public static CertificateSignature From(X509Certificate2 certificate)
    {
        var oid = certificate.SignatureAlgorithm;
        return oid.Value == Pss
            ? FromPss(certificate)
            : new CertificateSignature(Strong.Contains(oid.Value), oid.FriendlyName ?? oid.Value ?? "unknown");
    }

    /// <summary>The name alone says nothing for RSA-PSS: hash, mask and salt are parameters, and left out they mean SHA-1.</summary>
    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "Whatever is wrong with the parameters, the finding is that they cannot be read.")]
    private static CertificateSignature FromPss(X509Certificate2 certificate)
    {
        try
        {
            var parameters = RsassaPssParameters.GetInstance(
                X509CertificateStructure.GetInstance(certificate.RawData).SignatureAlgorithm.Parameters) ?? new RsassaPssParameters();
            var hash = parameters.HashAlgorithm.Algorithm.Id;
            var mask = parameters.MaskGenAlgorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdMgf1)
                ? AlgorithmIdentifier.GetInstance(parameters.MaskGenAlgorithm.Parameters).Algorithm.Id
                : "unknown";
            var salt = parameters.SaltLength.IntValueExact;
            return StrongHashes.TryGetValue(hash, out var strong)
                ? new CertificateSignature(mask == hash && salt == strong.Length, Describe(strong.Name, GetName(mask), salt))
                : new CertificateSignature(false, Describe(GetName(hash), GetName(mask), salt));
        }
        catch (Exception exception)
        {
            return new CertificateSignature(false, $"RSA-PSS with parameters that cannot be read ({exception.Message})");
        }
    }

    private static string Describe(string hash, string mask, int salt) => hash == mask
        ? $"RSA-PSS with {hash} and a salt of {salt} bytes"
        : $"RSA-PSS with {hash}, a mask by {mask} and a salt of {salt} bytes";

    private static string GetName(string hash) =>
        StrongHashes.TryGetValue(hash, out var strong) ? strong.Name : hash == "1.3.14.3.2.26" ? "SHA-1" : $"hash {hash}";
}
