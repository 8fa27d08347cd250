using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Models;
using VaultConformance.Harness.Diagnostics;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>Reduces a Secret to what may be known of it. The data is looked at in memory and goes nowhere.</summary>
internal static class SecretReader
{
    private const string HelmRelease = "helm.sh/release.v1";
    private const string AccountToken = "kubernetes.io/service-account-token";
    private const int ShareLength = 33;
    private const int KeyLength = 32;
    private static readonly string[] TellingNames = ["unseal", "recovery", "root-token", "root_token", "roottoken"];

    public static SecretFacts Reduce(V1Secret secret)
    {
        var data = secret.Data ?? new Dictionary<string, byte[]>();
        return new SecretFacts(
            secret.Metadata.Name,
            secret.Type ?? "Opaque",
            [.. data.Keys.Order(StringComparer.Ordinal)],
            Certificates(data),
            secret.Type is not (HelmRelease or AccountToken) && data.Any(entry => HoldsUnsealMaterial(entry.Key, Encoding.UTF8.GetString(entry.Value))));
    }

    private static SortedDictionary<string, string> Certificates(IDictionary<string, byte[]> data)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in data)
        {
            if (FirstCertificate.Sha256(Encoding.UTF8.GetString(value)) is { } digest)
            {
                digests[key] = digest;
            }
        }

        return digests;
    }

    /// <summary>By its content (init output, tokens), or a value of the size of a key under a telling name, or of the size of a Shamir share under any.</summary>
    private static bool HoldsUnsealMaterial(string name, string value)
    {
        if (value.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return false;
        }

        var length = value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BinaryLength).DefaultIfEmpty(0).Max();
        return SecretShapes.HoldUnsealMaterial(value)
            || length == ShareLength
            || (length == KeyLength && Array.Exists(TellingNames, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static int BinaryLength(string text)
    {
        var buffer = new byte[text.Length];
        if (text.Length == ShareLength * 2 && text.All(char.IsAsciiHexDigit))
        {
            return ShareLength;
        }

        return Convert.TryFromBase64String(text, buffer, out var written) ? written : 0;
    }
}

/// <summary>Digest of the first certificate of a PEM text.</summary>
internal static class FirstCertificate
{
    private const string Label = "-----BEGIN CERTIFICATE-----";

    /// <summary>SHA-256 of the DER, lower-case hexadecimal; null when there is no certificate in the text.</summary>
    public static string? Sha256(string text)
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
