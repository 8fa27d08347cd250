using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>A root, an authority below it and a leaf, each as a test wants it: the platform refuses to make most of what is wrong here.</summary>
internal sealed record MadeUpChain
{
    private static readonly SecureRandom Random = new();
    private static readonly AsymmetricCipherKeyPair Strong = Rsa(2048);
    private static readonly AsymmetricCipherKeyPair Weak = Rsa(1024);

    public static MadeUpChain Good { get; } = new();

    public bool WeakRoot { get; init; }

    public bool WeakAuthority { get; init; }

    public string RootSignature { get; init; } = "SHA256WITHRSA";

    public string AuthoritySignature { get; init; } = "SHA256WITHRSA";

    /// <summary>Algorithm by which the authority signs the leaf.</summary>
    public ISignatureFactory? LeafSignature { get; init; }

    public bool? AuthorityMayIssue { get; init; } = true;

    public int AuthorityKeyUsage { get; init; } = KeyUsage.KeyCertSign;

    public KeyPurposeID[] AuthorityUsages { get; init; } = [];

    public KeyPurposeID[] RootUsages { get; init; } = [];

    public int? RootPathLength { get; init; }

    public NameConstraints? Constraints { get; init; }

    public int AuthorityDaysLeft { get; init; } = 365;

    /// <summary>True when not the root is trusted but the authority below it.</summary>
    public bool TrustAuthority { get; init; }

    /// <summary>True when the root is presented too.</summary>
    public bool PresentRoot { get; init; }

    /// <summary>The names that the leaf holds.</summary>
    public IReadOnlyList<GeneralName> LeafNames { get; init; } = [.. CompliantTransport.Names.Names.Select(Name)];

    /// <summary>Common name of the leaf.</summary>
    public string LeafSubject { get; init; } = "CN=vault";

    /// <summary>A signature by a key that is nobody's.</summary>
    public static ISignatureFactory OfAnother => new Asn1SignatureFactory("SHA256WITHRSA", Rsa(2048).Private, Random);

    /// <summary>The key by which leaves are signed.</summary>
    public static AsymmetricKeyParameter SigningKey => Strong.Private;

    /// <summary>RSA-PSS with its parameters as given; null leaves them out.</summary>
    public static ISignatureFactory Pss(string algorithm) => new Asn1SignatureFactory(algorithm, SigningKey, Random);

    /// <summary>RSA-PSS with SHA-256 and a salt of another length than usual.</summary>
    public static ISignatureFactory PssWithSalt(int salt) => new SaltedSignature(salt);

    /// <summary>Serves the chain in the whole release, and trusts its root.</summary>
    public void ServeIn(ReleaseEvidence release)
    {
        var (rootKey, authorityKey) = (WeakRoot ? Weak : Strong, WeakAuthority ? Weak : Strong);
        var root = Issue("CN=root", "CN=root", rootKey.Public, new Asn1SignatureFactory(RootSignature, rootKey.Private, Random), 3650, generator =>
        {
            generator.AddExtension(X509Extensions.BasicConstraints, true, RootPathLength is { } length ? new BasicConstraints(length) : new BasicConstraints(true));
            AddUsages(generator, RootUsages);
        });
        var authority = Issue("CN=authority", "CN=root", authorityKey.Public, new Asn1SignatureFactory(AuthoritySignature, rootKey.Private, Random), AuthorityDaysLeft, AddTo);
        var leaf = Issue(LeafSubject, "CN=authority", Strong.Public, LeafSignature ?? new Asn1SignatureFactory("SHA256WITHRSA", authorityKey.Private, Random), 90, generator =>
        {
            generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(false));
            generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.DigitalSignature));
            AddUsages(generator, [KeyPurposeID.id_kp_serverAuth, KeyPurposeID.id_kp_clientAuth]);
            generator.AddExtension(X509Extensions.SubjectAlternativeName, false, new GeneralNames([.. LeafNames]));
        });
        var chain = string.Concat(((byte[][])[leaf, authority, .. PresentRoot ? new[] { root } : []]).Select(certificate => new string(PemEncoding.Write("CERTIFICATE", certificate)) + "\n"));
        release.Serve(new ServerCertificate(chain, string.Empty, string.Empty, Convert.ToHexStringLower(SHA256.HashData(leaf))));
        release.Trust = new TrustFacts([Convert.ToBase64String(TrustAuthority ? authority : root)], ["vault-tls"]);
    }

    private void AddTo(X509V3CertificateGenerator generator)
    {
        if (AuthorityMayIssue is { } may)
        {
            generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(may));
        }

        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(AuthorityKeyUsage));
        AddUsages(generator, AuthorityUsages);
        if (Constraints is not null)
        {
            generator.AddExtension(X509Extensions.NameConstraints, true, Constraints);
        }
    }

    private static byte[] Issue(string subject, string issuer, AsymmetricKeyParameter key, ISignatureFactory signature, int days, Action<X509V3CertificateGenerator> extend)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new BigInteger(64, Random).Add(BigInteger.One));
        generator.SetSubjectDN(new X509Name(subject));
        generator.SetIssuerDN(new X509Name(issuer));
        generator.SetNotBefore(CompliantTransport.Now.UtcDateTime.AddDays(-1));
        generator.SetNotAfter(CompliantTransport.Now.UtcDateTime.AddDays(days));
        generator.SetPublicKey(key);
        extend(generator);
        return generator.Generate(signature).GetEncoded();
    }

    private static void AddUsages(X509V3CertificateGenerator generator, KeyPurposeID[] usages)
    {
        if (usages.Length > 0)
        {
            generator.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(usages));
        }
    }

    public static GeneralName Name(string name) => new(System.Net.IPAddress.TryParse(name, out _) ? GeneralName.IPAddress : GeneralName.DnsName, name);

    private static AsymmetricCipherKeyPair Rsa(int bits)
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), Random, bits, 25));
        return generator.GenerateKeyPair();
    }

    private sealed class SaltedSignature(int salt) : ISignatureFactory
    {
        private static readonly AlgorithmIdentifier Hash = new(NistObjectIdentifiers.IdSha256, DerNull.Instance);

        public object AlgorithmDetails => new AlgorithmIdentifier(
            PkcsObjectIdentifiers.IdRsassaPss,
            new RsassaPssParameters(Hash, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdMgf1, Hash), DerInteger.ValueOf(salt), DerInteger.One));

        public IStreamCalculator<IBlockResult> CreateCalculator()
        {
            var signer = new Org.BouncyCastle.Crypto.Signers.PssSigner(new Org.BouncyCastle.Crypto.Engines.RsaEngine(), new Org.BouncyCastle.Crypto.Digests.Sha256Digest(), salt);
            signer.Init(true, new ParametersWithRandom(SigningKey, Random));
            return new DefaultSignatureCalculator(signer);
        }
    }
}
