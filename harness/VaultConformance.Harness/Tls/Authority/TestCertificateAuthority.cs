using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>A certificate authority of one run: root and intermediate, ECDSA P-256. Its keys never leave memory.</summary>
internal sealed class TestCertificateAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly TimeProvider _timeProvider;
    private readonly ECDsa _intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lazy<ClientCertificate> _client;
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    /// <summary>Makes root and intermediate.</summary>
    /// <param name="timeProvider">Clock.</param>
    public TestCertificateAuthority(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _client = new Lazy<ClientCertificate>(IssueClient);
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootSigner = X509SignatureGenerator.CreateForECDsa(rootKey);
        _root = IssueAuthority("CN=VaultConformance test root", rootKey, null, rootSigner);
        _intermediate = IssueAuthority("CN=VaultConformance test intermediate", _intermediateKey, _root, rootSigner);
    }

    public string RootPem => _root.ExportCertificatePem() + "\n";

    /// <summary>The root, DER in Base64, as <see cref="TrustFacts.Anchors"/> holds it.</summary>
    public string Anchor => Convert.ToBase64String(_root.RawData);

    /// <summary>The run's own client certificate, for listeners that demand one of this authority.</summary>
    public ClientCertificate Client => _client.Value;

    /// <summary>Issues a server certificate with a new key.</summary>
    /// <param name="recipe">How it is made.</param>
    /// <param name="names">Names of the release; the recipe may take some away.</param>
    public ServerCertificate Issue(CertificateRecipe recipe, CertificateNames names)
    {
        using var key = LeafKey.Create(recipe.Key);
        var applied = names.Apply(recipe);
        var request = key.Request($"CN={applied.CommonName}");
        AddExtensions(request, recipe, applied);
        using var leaf = Sign(request, recipe, key);
        var chain = recipe is { PresentIntermediate: true, Issuer: CertificateIssuer.Intermediate }
            ? $"{leaf.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}\n"
            : $"{leaf.ExportCertificatePem()}\n";
        return new ServerCertificate(chain, key.ExportPem() + "\n", RootPem, Convert.ToHexStringLower(SHA256.HashData(leaf.RawData)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _intermediateKey.Dispose();
        _root.Dispose();
        _intermediate.Dispose();
    }

    private static void AddExtensions(CertificateRequest request, CertificateRecipe recipe, CertificateNames names)
    {
        var usage =
            X509KeyUsageFlags.DigitalSignature | (recipe.CertificateAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.None);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(recipe.CertificateAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (names.Names.Count > 0)
        {
            request.CertificateExtensions.Add(names.ToExtension());
        }

        if (recipe.ExtendedKeyUsages.Count > 0)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([.. recipe.ExtendedKeyUsages.Select(GetIdentifier)], critical: false));
        }
    }

    private static Oid GetIdentifier(ExtendedUsage usage) => usage switch
    {
        ExtendedUsage.ServerAuth => new Oid("1.3.6.1.5.5.7.3.1"),
        ExtendedUsage.ClientAuth => new Oid("1.3.6.1.5.5.7.3.2"),
        _ => throw new ArgumentOutOfRangeException(nameof(usage), usage, "unknown extended key usage"),
    };

    private static byte[] CreateSerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private ClientCertificate IssueClient()
    {
        var recipe = CertificateRecipe.Good with { Description = "The run as a client.", ExtendedKeyUsages = [ExtendedUsage.ClientAuth] };
        var issued = Issue(recipe, new CertificateNames("vault-conformance", ["vault-conformance"]));
        return ClientCertificate.From(
            ClientChain.Parse(issued.CertificateChain, _timeProvider.GetUtcNow()),
            issued.PrivateKey,
            "that the run's own authority issued");
    }

    private X509Certificate2 Sign(CertificateRequest request, CertificateRecipe recipe, LeafKey key)
    {
        var now = _timeProvider.GetUtcNow();
        var (start, end) = (now.AddDays(-recipe.StartedDaysAgo), now.AddDays(recipe.ExpiresInDays));
        if (recipe.Issuer == CertificateIssuer.Self)
        {
            return request.Create(request.SubjectName, key.CreateSigner(recipe.Signature), start, end, CreateSerialNumber());
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_intermediate, true, false));
        var signer = recipe.Signature == SignatureHash.Sha1
            ? new WeakHashSigner(_intermediateKey)
            : X509SignatureGenerator.CreateForECDsa(_intermediateKey);
        return request.Create(_intermediate.SubjectName, signer, start, end, CreateSerialNumber());
    }

    private X509Certificate2 IssueAuthority(string subject, ECDsa key, X509Certificate2? issuer, X509SignatureGenerator signer)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(issuer is null ? 1 : 0));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is not null)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        }

        // The authority is older and lives longer than any leaf a recipe may ask for, so that only the leaf is ever at fault.
        var now = _timeProvider.GetUtcNow();
        return request.Create(
            issuer?.SubjectName ?? request.SubjectName, signer, now - Lifetime, now + (40 * Lifetime), CreateSerialNumber());
    }
}
