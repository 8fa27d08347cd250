using System.Security.Cryptography.X509Certificates;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether a chain leads from the leaf to a trusted root with nothing but what the server presents.</summary>
public static class CertificateTrust
{
    /// <summary>Judges a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="anchors">Trusted roots, DER in Base64.</param>
    /// <param name="at">When it was presented.</param>
    /// <param name="margins">What is asked of the authorities in it.</param>
    public static IEnumerable<Judgement> Judge(ServedChain chain, IReadOnlyList<string> anchors, DateTimeOffset at, ChainMargins margins)
    {
        var leaf = chain.Leaf;
        var selfSigned = leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData);
        yield return Judgement.Of(
            $"issuer of the leaf on port {chain.Port}",
            !selfSigned,
            "another than itself",
            selfSigned ? "itself (self-signed)" : leaf.Issuer)
            .Saying($"The certificate on port {chain.Port} is self-signed.");
        foreach (var judgement in JudgePath(chain, anchors, at, margins))
        {
            yield return judgement;
        }

        if (!selfSigned && chain.Presented
            .Skip(1)
            .Any(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)))
        {
            yield return Judgement.Irrelevant(
                $"root in the chain on port {chain.Port}", "it is presented too, which is harmless and useless");
        }
    }

    private static string ExplainEarly(X509Certificate2 end) =>
        $"leads to '{end.Subject}', which is trusted itself but is no root (issued by '{end.Issuer}'): Vault and other clients written in "
            + "Go accept that, "
        + "clients that ask for a root, as OpenSSL does, may refuse it; add the root to what clients trust";

    private static IReadOnlyList<Judgement> JudgePath(
        ServedChain chain, IReadOnlyList<string> anchors, DateTimeOffset at, ChainMargins margins)
    {
        var fact = $"chain on port {chain.Port}";
        const string Expected = "leads to a trusted root";
        if (anchors.Count == 0)
        {
            return [Judgement.Unknown(fact, Expected, "no trusted root is known")];
        }

        using var path = CertificatePath.Build(chain, anchors, at);
        var actual = path.Problems.Count == 0 ? $"{Expected} ({chain.Presented.Count} presented)" : string.Join("; ", path.Problems);
        return
        [
            path is { Problems.Count: 0, EndsEarly: { } end }
                ? Judgement.Advised(fact, false, Expected, ExplainEarly(end))
                : Judgement.Of(fact, path.Problems.Count == 0, Expected, actual)
                    .Saying(problems => $"The certificate on port {chain.Port} is not trusted: {problems.TrimEnd('.')}."),
            .. path.Links.SelectMany(link => link.IsAnchor
                ? new AuthorityFitness(link).JudgeAnchor(margins.JoinsAsClient)
                : new AuthorityFitness(link).JudgeIntermediate(margins.Parameters, at, margins.JoinsAsClient)),
        ];
    }
}

/// <summary>What is asked of the authorities in a chain.</summary>
/// <param name="Parameters">Margins of the profile.</param>
/// <param name="JoinsAsClient">True when servers also present the leaf as clients of each other.</param>
public sealed record ChainMargins(ProfileParameters Parameters, bool JoinsAsClient);
