using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tls;

/// <summary>
/// By what the run proves who it is, where a listener demands that of its clients. The key is held in memory and never printed.
/// </summary>
/// <remarks>A class and not a record, so that nothing prints the key by accident.</remarks>
public sealed class ClientCertificate
{
    private readonly Lazy<SslStreamCertificateContext> _context;

    private ClientCertificate(ClientChain chain, SecretText key, string origin)
    {
        (Chain, Key, Origin) = (chain, key, origin);
        _context = new Lazy<SslStreamCertificateContext>(MakeContext);
    }

    /// <summary>The certificate and what leads to its authority.</summary>
    public ClientChain Chain { get; }

    /// <summary>The key, PKCS#8 as PEM.</summary>
    public SecretText Key { get; }

    /// <summary>Whose certificate it is, for messages; completes "the client certificate …".</summary>
    public string Origin { get; }

    /// <summary>For the platform's TLS clients.</summary>
    internal SslStreamCertificateContext Context => _context.Value;

    /// <summary>The key, PKCS#8.</summary>
    internal byte[] Pkcs8
    {
        get
        {
            var pem = Key.Reveal();
            return Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        }
    }

    /// <summary>Joins a certificate and its key.</summary>
    /// <param name="chain">The certificate.</param>
    /// <param name="keyPem">The key as PEM, without a passphrase.</param>
    /// <param name="origin">Whose it is; completes "the client certificate …".</param>
    /// <exception cref="HarnessException">
    /// The text holds no such key, or the key of another certificate. Nothing of it is repeated.
    /// </exception>
    public static ClientCertificate From(ClientChain chain, string keyPem, string origin)
    {
        var label = PemLabels.ListIn(keyPem).FirstOrDefault(name => name.EndsWith("PRIVATE KEY", StringComparison.Ordinal));
        if (label is null)
        {
            throw CreateProblem("the file holds no private key as PEM; its first line must say BEGIN PRIVATE KEY between dashes");
        }

        if (label.StartsWith("ENCRYPTED", StringComparison.Ordinal))
        {
            throw CreateProblem("the private key is encrypted with a passphrase, and nobody is asked for one; give it without");
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(chain.Pem, keyPem);
            using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)pair.GetECDsaPrivateKey() ?? pair.GetRSAPrivateKey();
            return key is null
                ? throw CreateProblem("the key is neither an ECDSA nor an RSA key")
                : new ClientCertificate(chain, new SecretText(key.ExportPkcs8PrivateKeyPem()), origin);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw CreateProblem("the private key cannot be read, or is not that of the client certificate; give the key that the "
                + "certificate was made with");
        }
    }

    /// <summary>SHA-256 of the client's own certificate, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Chain.Certificates[0]));

    /// <summary>Its fingerprint and whose it is; never the key.</summary>
    public override string ToString() => $"certificate {Sha256} {Origin}";

    private static HarnessException CreateProblem(string text) => new(FailureKind.Configuration, text);

    private SslStreamCertificateContext MakeContext()
    {
        using var pair = X509Certificate2.CreateFromPem(Chain.Pem, Key.Reveal());
        // Windows' TLS takes no key that lives in memory only; the round trip makes one that it takes.
        var leaf = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        var rest = new X509Certificate2Collection();
        rest.ImportFromPem(Chain.Pem);
        rest.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf, rest, offline: true);
    }
}
