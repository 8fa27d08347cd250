using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether a leaf is fit for a server: validity, key, signature, extensions.</summary>
/// <param name="leaf">The leaf.</param>
/// <param name="port">Port it is served on.</param>
internal sealed class CertificateFitness(X509Certificate2 leaf, int port)
{
    /// <summary>Judges everything.</summary>
    /// <param name="parameters">Margins of the profile.</param>
    /// <param name="at">When it was presented.</param>
    /// <param name="joinsAsClient">True when servers also present it as clients of each other.</param>
    public IEnumerable<Judgement> Judge(ProfileParameters parameters, DateTimeOffset at, bool joinsAsClient) =>
    [
        .. JudgeTime(parameters, at),
        JudgeKey(),
        JudgeSignature(),
        .. JudgeExtensions(joinsAsClient),
    ];

    private IEnumerable<Judgement> JudgeTime(ProfileParameters parameters, DateTimeOffset at)
    {
        var (start, end) = (CertificateTimes.Start(leaf), CertificateTimes.End(leaf));
        yield return Judgement.Of(DescribeFact("start of validity"), start <= at, "past", CertificateTimes.FormatDay(start))
            .Saying(day => $"{Certificate} is not valid before {day}.");
        yield return CertificateTimes.JudgeEnd(leaf, DescribeFact("end of validity"), Certificate, parameters, at);
        var lifetime = end - start;
        yield return Judgement.Of(
            DescribeFact("lifetime"),
            lifetime.TotalDays <= parameters.CertificateMaximumLifetimeDays,
            $"at most {parameters.CertificateMaximumLifetimeDays} days",
            string.Create(CultureInfo.InvariantCulture, $"{lifetime.TotalDays:0} days"))
            .Saying(days => $"{Certificate} is valid for {days}; at most {parameters.CertificateMaximumLifetimeDays} are allowed.");
    }

    private Judgement JudgeKey()
    {
        var key = CertificateKey.From(leaf);
        return Judgement.Of(DescribeFact("key"), key.Fits, CertificateKey.Expected, key.Name)
            .Saying(name => $"{Certificate} has a key that is too weak: {name}.");
    }

    private Judgement JudgeSignature()
    {
        var signature = CertificateSignature.From(leaf);
        return Judgement.Of(DescribeFact("signature"), signature.Fits, CertificateSignature.Expected, signature.Name)
            .Saying(name => $"{Certificate} has a weak signature: {name}.");
    }

    private IEnumerable<Judgement> JudgeExtensions(bool joinsAsClient)
    {
        var authority = leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);
        yield return Judgement.Of(DescribeFact("certificate authority"), !authority, "false", authority ? "true" : "false")
            .Saying($"{Certificate} is that of a certificate authority.");
        var usages = leaf.Extensions
            .OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .Select(usage => usage.Value)
            .ToList();
        yield return Judgement.Of(
            DescribeFact("extended key usage"), usages.Contains(ExtendedUsages.ServerAuth), "serverAuth", ExtendedUsages.Describe(usages))
            .Saying($"{Certificate} is not for servers (extended key usage serverAuth is missing).");
        if (joinsAsClient)
        {
            yield return Judgement.Of(
                DescribeFact("extended key usage for joining"),
                usages.Contains(ExtendedUsages.ClientAuth),
                "clientAuth", ExtendedUsages.Describe(usages))
                .Saying($"{Certificate} cannot be used for joining (extended key usage clientAuth is missing).");
        }

        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
        yield return Judgement.Of(
            DescribeFact("key usage"),
            usage?.HasFlag(X509KeyUsageFlags.DigitalSignature) == true,
            "DigitalSignature",
            usage?.ToString() ?? "absent")
            .Saying(found => $"{Certificate} does not allow digital signatures (key usage {found}).");
    }

    private string Certificate => $"The certificate on port {port}";

    private string DescribeFact(string what) => $"{what} of the leaf on port {port}";
}
