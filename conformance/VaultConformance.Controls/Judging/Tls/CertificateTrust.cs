using System.Security.Cryptography.X509Certificates;
using VaultConformance.Controls.Framework;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Whether a chain leads from the leaf to a trusted root with nothing but what the server presents.</summary>
internal static class CertificateTrust
{
    /// <summary>Judges a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="anchors">Trusted roots, DER in Base64.</param>
    /// <param name="at">When it was presented.</param>
    public static IEnumerable<Judgement> Judge(ServedChain chain, IReadOnlyList<string> anchors, DateTimeOffset at)
    {
        var leaf = chain.Leaf;
        var selfSigned = leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData);
        yield return Judgement.Of($"issuer of the leaf on port {chain.Port}", !selfSigned, "another than itself", selfSigned ? "itself (self-signed)" : leaf.Issuer);
        yield return JudgeChain(chain, anchors, at);
        if (!selfSigned && chain.Presented.Skip(1).Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)))
        {
            yield return Judgement.Irrelevant($"root in the chain on port {chain.Port}", "it is presented too, which is harmless and useless");
        }
    }

    private static Judgement JudgeChain(ServedChain chain, IReadOnlyList<string> anchors, DateTimeOffset at)
    {
        var fact = $"chain on port {chain.Port}";
        const string Expected = "leads to a trusted root";
        if (anchors.Count == 0)
        {
            return Judgement.Unknown(fact, Expected, "no trusted root is known");
        }

        var problems = Problems(chain, anchors, at);
        return Judgement.Of(fact, problems.Count == 0, Expected, problems.Count == 0 ? $"{Expected} ({chain.Presented.Count} presented)" : string.Join(", ", problems));
    }

    private static List<string> Problems(ServedChain chain, IReadOnlyList<string> anchors, DateTimeOffset at)
    {
        using var builder = new X509Chain();
        foreach (var anchor in anchors)
        {
            builder.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(anchor)));
        }

        builder.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        builder.ChainPolicy.ExtraStore.AddRange(chain.Presented);
        builder.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        builder.ChainPolicy.DisableCertificateDownloads = true;
        builder.ChainPolicy.VerificationTime = at.UtcDateTime;
        return builder.Build(chain.Leaf) ? [] : Problems(builder);
    }

    /// <summary>Validity of the leaf is judged on its own, with the renewal margin, and not reported twice.</summary>
    private static List<string> Problems(X509Chain builder) =>
    [
        .. builder.ChainElements
            .SelectMany((element, place) => element.ChainElementStatus.Where(status => place > 0 || status.Status != X509ChainStatusFlags.NotTimeValid))
            .Concat(builder.ChainStatus.Where(status => status.Status == X509ChainStatusFlags.PartialChain))
            .Select(status => status.Status.ToString())
            .Distinct(),
    ];
}
