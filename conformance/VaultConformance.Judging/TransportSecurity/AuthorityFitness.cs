using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether an authority between leaf and root may issue certificates of servers, and does so well enough.</summary>
/// <param name="link">The authority and its place.</param>
internal sealed class AuthorityFitness(ChainLink link)
{
    private readonly X509Certificate2 _certificate = link.Certificate;

    /// <summary>Judges an intermediate.</summary>
    /// <param name="parameters">Margins of the profile.</param>
    /// <param name="at">When it was presented.</param>
    /// <param name="joinsAsClient">True when servers also present the leaf as clients of each other.</param>
    public IEnumerable<Judgement> JudgeIntermediate(ProfileParameters parameters, DateTimeOffset at, bool joinsAsClient)
    {
        var signature = CertificateSignature.From(_certificate);
        return
        [
            .. JudgeIssuing(),
            .. JudgeUsages(joinsAsClient),
            Judgement.Of(DescribeFact("signature"), signature.Fits, CertificateSignature.Expected, signature.Name)
                .Saying(name => $"{Authority} has a weak signature: {name}."),
            CertificateTimes.JudgeEnd(_certificate, DescribeFact("end of validity"), Authority, parameters, at),
        ];
    }

    /// <summary>Judges a trusted root. Its own signature proves nothing and is not asked; its key is what everything rests on.</summary>
    /// <param name="joinsAsClient">True when servers also present the leaf as clients of each other.</param>
    public IEnumerable<Judgement> JudgeAnchor(bool joinsAsClient)
    {
        var signature = CertificateSignature.From(_certificate);
        return
        [
            .. JudgeIssuing(),
            .. JudgeUsages(joinsAsClient),
            .. signature.Fits
                ? Array.Empty<Judgement>()
                : [Judgement.Irrelevant(
                    DescribeFact("signature"), $"{signature.Name}; a root is trusted for its key, and nobody checks its own signature")],
        ];
    }

    private IEnumerable<Judgement> JudgeIssuing()
    {
        var key = CertificateKey.From(_certificate);
        yield return Judgement.Of(DescribeFact("key"), key.Fits, CertificateKey.Expected, key.Name)
            .Saying(name => $"{Authority} has a key that is too weak: {name}.");
        var constraints = _certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        if (constraints is not null || !link.IsAnchor)
        {
            var actual = constraints is null ? "not said (no basic constraints)" : constraints.CertificateAuthority ? "true" : "false";
            yield return Judgement.Of(DescribeFact("certificate authority"), constraints?.CertificateAuthority == true, "true", actual)
                .Saying($"{Authority} may not issue certificates (basic constraints: {actual}).");
        }

        if (constraints is { HasPathLengthConstraint: true, PathLengthConstraint: var length })
        {
            yield return Judgement.Of(
                DescribeFact("authorities that are allowed below"),
                link.AuthoritiesBelow <= length,
                $"{link.AuthoritiesBelow} or more", $"{length}")
                .Saying($"{Authority} allows {length} authorities below it, but the chain has {link.AuthoritiesBelow}.");
        }

        if (_certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages is { } usage)
        {
            yield return Judgement.Of(
                DescribeFact("key usage"),
                usage.HasFlag(X509KeyUsageFlags.KeyCertSign),
                nameof(X509KeyUsageFlags.KeyCertSign), usage.ToString())
                .Saying(found => $"{Authority} may not sign certificates (key usage {found}).");
        }
    }

    /// <summary>An authority that names usages restricts all certificates below it: Go refuses the chain, and so do browsers.</summary>
    private IEnumerable<Judgement> JudgeUsages(bool joinsAsClient)
    {
        var usages = _certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(usage => usage.Value).ToList();
        if (usages.Count == 0 || usages.Contains(ExtendedUsages.Any))
        {
            yield break;
        }

        yield return Judgement.Of(
            DescribeFact("extended key usage"),
            usages.Contains(ExtendedUsages.ServerAuth),
            "serverAuth, or not restricted", ExtendedUsages.Describe(usages))
            .Saying($"{Authority} may not issue certificates for servers (extended key usage serverAuth is missing).");
        if (joinsAsClient)
        {
            yield return Judgement.Of(
                DescribeFact("extended key usage for joining"),
                usages.Contains(ExtendedUsages.ClientAuth),
                "clientAuth, or not restricted", ExtendedUsages.Describe(usages))
                .Saying($"{Authority} may not issue certificates for joining (extended key usage clientAuth is missing).");
        }
    }

    private string Authority => $"The {link.Description}";

    private string DescribeFact(string what) => $"{what} of {link.Description}";
}
