using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>Reduces a Secret to what may be known of it. The data is checked in memory and goes nowhere.</summary>
internal static class SecretReader
{
    private const string HelmRelease = "helm.sh/release.v1";
    private const string AccountToken = "kubernetes.io/service-account-token";
    private const string Account = "kubernetes.io/service-account.name";

    public static SecretFacts Reduce(V1Secret secret)
    {
        var data = secret.Data ?? new Dictionary<string, byte[]>();
        return new SecretFacts(
            secret.Metadata.Name,
            secret.Type ?? "Opaque",
            [.. data.Keys.Order(StringComparer.Ordinal)],
            ReadCertificates(data),
            secret.Type is not (HelmRelease or AccountToken) && KeyShares.AreIn(
                secret.Metadata.Name, data.Select(entry => KeyValuePair.Create(entry.Key, Encoding.UTF8.GetString(entry.Value)))))
        {
            ServiceAccount = secret.Type == AccountToken && secret.Metadata.Annotations?.TryGetValue(Account, out var account) == true
                ? account
                : null,
        };
    }

    private static SortedDictionary<string, string> ReadCertificates(IDictionary<string, byte[]> data)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in data)
        {
            if (FirstCertificate.ComputeSha256(Encoding.UTF8.GetString(value)) is { } digest)
            {
                digests[key] = digest;
            }
        }

        return digests;
    }
}

/// <summary>Digest of the first certificate of a PEM text.</summary>
internal static class FirstCertificate
{
    private const string Label = "-----BEGIN CERTIFICATE-----";

    /// <summary>SHA-256 of the DER, lower-case hexadecimal; null when there is no certificate in the text.</summary>
    public static string? ComputeSha256(string text)
    {
        if (!text.Contains(Label, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(text);
            return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        }
        catch (CryptographicException)
        {
            // Labelled as a certificate but none: there is no digest to tell.
            return null;
        }
    }
}
