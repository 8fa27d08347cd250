using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Vault;

/// <summary>How the harness reaches one server: through the API server into the pod, never over an open network.</summary>
/// <param name="Server">Name for messages, for example the pod's.</param>
/// <param name="Address">Scheme, host name for TLS and port.</param>
/// <param name="Connect">Opens a byte stream to the server.</param>
/// <param name="Trust">What certificates are accepted; null without TLS.</param>
/// <param name="Client">Certificate that is shown when the server asks for one; null for none.</param>
public sealed record VaultEndpoint(
    string Server, Uri Address, Func<CancellationToken, Task<Stream>> Connect, EndpointTrust? Trust, ClientCertificate? Client = null);

/// <summary>
/// Accepts a certificate that chains to the test CA, or one that the harness issued itself. The second keeps known-bad certificates
/// reachable: judging them is the controls' business, not the transport's.
/// </summary>
/// <param name="Anchors">Roots of the test PKI.</param>
/// <param name="IssuedSha256">SHA-256 of leaves that the harness issued, lower-case hexadecimal.</param>
public sealed record EndpointTrust(X509Certificate2Collection Anchors, IReadOnlySet<string> IssuedSha256)
{
    /// <summary>Trust in the test PKI.</summary>
    /// <param name="rootPem">Root certificate, PEM.</param>
    /// <param name="issued">SHA-256 of the leaf that the harness issued; null when there is none.</param>
    public static EndpointTrust CreateFor(string rootPem, string? issued)
    {
        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPem(rootPem);
        return new EndpointTrust(anchors, issued is null ? new HashSet<string>() : new HashSet<string> { issued });
    }

    /// <summary>Judges the certificate of a server.</summary>
    /// <param name="certificate">The leaf.</param>
    /// <param name="presented">The chain as presented.</param>
    /// <param name="errors">What the platform found; a wrong name is a reason to refuse unless the leaf is our own.</param>
    public bool Accepts(X509Certificate2? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return false;
        }

        if (IssuedSha256.Contains(Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))))
        {
            return true;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Anchors);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange((presented?.ChainElements.Select(element => element.Certificate) ?? []).ToArray());
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(certificate);
    }
}
