using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>Key of a server certificate while it is being issued.</summary>
internal sealed class LeafKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private LeafKey(AsymmetricAlgorithm key) => _key = key;

    public static LeafKey Create(KeyKind kind) => new(kind switch
    {
        KeyKind.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyKind.Rsa2048 => RSA.Create(2048),
#pragma warning disable CA5385 // A key that is too weak on purpose: controls must find it.
        KeyKind.Rsa1024 => RSA.Create(1024),
#pragma warning restore CA5385
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of key"),
    });

    public CertificateRequest Request(string subject) => _key switch
    {
        ECDsa ecdsa => new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256),
        RSA rsa => new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException("no such key"),
    };

    public X509SignatureGenerator CreateSigner(SignatureHash hash) => _key switch
    {
        ECDsa ecdsa when hash == SignatureHash.Sha1 => new WeakHashSigner(ecdsa),
        ECDsa ecdsa => X509SignatureGenerator.CreateForECDsa(ecdsa),
        RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException("no such key"),
    };

    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    public void Dispose() => _key.Dispose();
}
