using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Whether a leaf is fit for a server: validity, key, signature, extensions.</summary>
/// <param name="leaf">The leaf.</param>
/// <param name="port">Port it is served on.</param>
internal sealed class CertificateFitness(X509Certificate2 leaf, int port)
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string Ed25519 = "1.3.101.112";
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 8192;

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    // ECDSA and RSA with SHA-256, 384, 512; RSA-PSS; Ed25519.
    private static readonly string[] Signatures =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10", Ed25519,
    ];

    /// <summary>Judges everything.</summary>
    /// <param name="parameters">Margins of the profile.</param>
    /// <param name="at">When it was presented.</param>
    /// <param name="joinsAsClient">True when servers also present it as clients of each other.</param>
    public IEnumerable<Judgement> Judge(ProfileParameters parameters, DateTimeOffset at, bool joinsAsClient) =>
    [
        .. JudgeTime(parameters, at),
        JudgeKey(),
        Judgement.Of(Fact("signature"), Signatures.Contains(leaf.SignatureAlgorithm.Value), "SHA-256 or better", leaf.SignatureAlgorithm.FriendlyName ?? "unknown"),
        .. JudgeExtensions(joinsAsClient),
    ];

    private IEnumerable<Judgement> JudgeTime(ProfileParameters parameters, DateTimeOffset at)
    {
        var (start, end) = ((DateTimeOffset)leaf.NotBefore.ToUniversalTime(), (DateTimeOffset)leaf.NotAfter.ToUniversalTime());
        yield return Judgement.Of(Fact("start of validity"), start <= at, "past", Day(start));
        var left = end - at;
        yield return Judgement.Of(
            Fact("end of validity"),
            left >= TimeSpan.FromDays(parameters.CertificateMinimumDaysLeft),
            $"at least {parameters.CertificateMinimumDaysLeft} days ahead",
            left < TimeSpan.Zero ? $"past ({Day(end)})" : string.Create(CultureInfo.InvariantCulture, $"{left.TotalDays:0} days ahead"));
        var lifetime = end - start;
        yield return Judgement.Of(
            Fact("lifetime"),
            lifetime <= TimeSpan.FromDays(parameters.CertificateMaximumLifetimeDays),
            $"at most {parameters.CertificateMaximumLifetimeDays} days",
            string.Create(CultureInfo.InvariantCulture, $"{lifetime.TotalDays:0} days"));
    }

    private Judgement JudgeKey()
    {
        using var rsa = leaf.GetRSAPublicKey();
        using var ecdsa = leaf.GetECDsaPublicKey();
        var (fits, actual) = (rsa, ecdsa) switch
        {
            ({ } key, _) => (key.KeySize is >= SmallestRsa and <= LargestRsa, $"RSA with {key.KeySize} bits"),
            (_, { } key) => Curve(key),
            _ when leaf.PublicKey.Oid.Value == Ed25519 => (true, "Ed25519"),
            _ => (false, leaf.PublicKey.Oid.FriendlyName ?? "unknown"),
        };
        return Judgement.Of(Fact("key"), fits, "RSA with 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519", actual);
    }

    private IEnumerable<Judgement> JudgeExtensions(bool joinsAsClient)
    {
        var authority = leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);
        yield return Judgement.Of(Fact("certificate authority"), !authority, "false", authority ? "true" : "false");
        var usages = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(usage => usage.Value).ToList();
        yield return Judgement.Of(Fact("extended key usage"), usages.Contains(ServerAuth), "serverAuth", Usages(usages));
        if (joinsAsClient)
        {
            yield return Judgement.Of(Fact("extended key usage for joining"), usages.Contains(ClientAuth), "clientAuth", Usages(usages));
        }

        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
        yield return Judgement.Of(Fact("key usage"), usage?.HasFlag(X509KeyUsageFlags.DigitalSignature) == true, "DigitalSignature", usage?.ToString() ?? "absent");
    }

    private static (bool Fits, string Actual) Curve(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
        return (Curves.Contains(curve.Value), curve.FriendlyName ?? curve.Value ?? "a curve without a name");
    }

    private static string Usages(List<string?> usages) => usages.Count == 0
        ? "absent"
        : string.Join(", ", usages.Select(usage => usage switch { ServerAuth => "serverAuth", ClientAuth => "clientAuth", _ => usage }));

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private string Fact(string what) => $"{what} of the leaf on port {port}";
}
