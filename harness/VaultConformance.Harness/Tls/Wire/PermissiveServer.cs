using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Server side of one connection: suites old and new. Lives for the trial of the prober only.</summary>
/// <param name="credentials">Certificate and key.</param>
/// <param name="versions">Versions that are accepted.</param>
internal sealed class PermissiveServer(PermissiveCredentials credentials, VersionRange versions) : DefaultTlsServer(credentials.Crypto)
{
    private static readonly ProtocolVersion[] Versions =
        [ProtocolVersion.SSLv3, ProtocolVersion.TLSv10, ProtocolVersion.TLSv11, ProtocolVersion.TLSv12, ProtocolVersion.TLSv13];

    protected override ProtocolVersion[] GetSupportedVersions() => Versions[(int)versions.Highest].DownTo(Versions[(int)versions.Lowest]);

    protected override int[] GetSupportedCipherSuites() =>
    [
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    ];

    public override TlsCredentials GetCredentials() => TlsUtilities.IsTlsV13(m_context) ? CreateSigner([]) : base.GetCredentials();

    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => CreateSigner(null);

    private BcDefaultTlsCredentialedSigner CreateSigner(byte[]? requestContext) => new(
        new TlsCryptoParameters(m_context),
        credentials.Crypto,
        credentials.Key,
        new Certificate(
            requestContext,
            [new CertificateEntry(credentials.Crypto.CreateCertificate(credentials.Leaf), null)]),
        TlsUtilities.IsTlsV12(m_context) ? SignatureScheme.GetSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256) : null);
}

/// <summary>Versions from lowest to highest.</summary>
/// <param name="Lowest">Oldest.</param>
/// <param name="Highest">Newest.</param>
internal sealed record VersionRange(TlsVersion Lowest, TlsVersion Highest)
{
    /// <summary>Every version.</summary>
    public static VersionRange All { get; } = new(TlsVersion.Ssl30, TlsVersion.Tls13);
}

/// <summary>Throw-away certificate and key of the trial.</summary>
/// <param name="Crypto">Cryptography.</param>
/// <param name="Leaf">DER of the certificate.</param>
/// <param name="Key">Private key.</param>
internal sealed record PermissiveCredentials(BcTlsCrypto Crypto, byte[] Leaf, AsymmetricKeyParameter Key)
{
    /// <summary>Makes new ones.</summary>
    public static PermissiveCredentials Create(TimeProvider timeProvider)
    {
        using var authority = new TestCertificateAuthority(timeProvider);
        var certificate = authority.Issue(CertificateRecipe.Good, new CertificateNames("prober", ["127.0.0.1"]));
        var key = PemEncoding.Find(certificate.PrivateKey);
        using var leaf = X509Certificate2.CreateFromPem(certificate.CertificateChain);
        return new PermissiveCredentials(
            new BcTlsCrypto(new SecureRandom()),
            leaf.RawData,
            PrivateKeyFactory.CreateKey(Convert.FromBase64String(certificate.PrivateKey[key.Base64Data])));
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => "credentials of the prober's trial";
}
