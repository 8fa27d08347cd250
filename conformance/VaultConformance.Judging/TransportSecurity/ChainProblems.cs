using System.Net;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Says in sentences why a path of certificates is refused.</summary>
internal static class ChainProblems
{
    private const string NameConstraintsExtension = "2.5.29.30";

    /// <summary>
    /// The problems of a path. Validity of the leaf is judged on its own, with the margin for renewals, and not told twice.
    /// </summary>
    /// <param name="elements">The path from the leaf up to where it ends.</param>
    /// <param name="isPartial">True when no trusted certificate was found at its end.</param>
    public static IReadOnlyList<string> List(List<X509ChainElement> elements, bool isPartial)
    {
        var sentences = elements
            .SelectMany((element, place) => element.ChainElementStatus
                .Where(status => place > 0 || status.Status != X509ChainStatusFlags.NotTimeValid)
                .Where(status => status.Status != X509ChainStatusFlags.PartialChain)
                .Select(status => ToSentence(elements, place, status.Status)))
            .ToList();
        if (isPartial && elements.Count > 0)
        {
            sentences.Add(ToSentence(elements, elements.Count - 1, X509ChainStatusFlags.PartialChain));
        }

        return [.. sentences.Distinct()];
    }

    /// <summary>An authority is missing in what the server presents.</summary>
    /// <param name="authority">The authority.</param>
    public static string ExplainNotPresented(X509Certificate2 authority) =>
        $"the authority '{authority.Subject}' is not presented; this machine happens to know it, other clients do not";

    /// <summary>A trusted authority is outside its validity, which the platform does not always say where the path ends at it.</summary>
    /// <param name="authority">The authority.</param>
    public static string ExplainNotTimeValid(X509Certificate2 authority) =>
        ExplainNotTimeValid($"the authority '{authority.Subject}'", authority);

    private static string ExplainNotTimeValid(string who, X509Certificate2 certificate) =>
        $"{who} is valid from {CertificateTimes.FormatDay(CertificateTimes.Start(certificate))} to "
            + $"{CertificateTimes.FormatDay(CertificateTimes.End(certificate))} only";

    private static string ToSentence(List<X509ChainElement> elements, int place, X509ChainStatusFlags problem)
    {
        var certificate = elements[place].Certificate;
        var who = place == 0 ? "the leaf" : $"the authority '{certificate.Subject}'";
        return FindNameProblem(who, problem) is { } about ? about + DescribeConstraints(elements, place) : problem switch
        {
            X509ChainStatusFlags.PartialChain => $"the issuer '{certificate.Issuer}' of {who} is neither presented nor trusted",
            X509ChainStatusFlags.UntrustedRoot => $"{who} is its own issuer and no trusted root",
            X509ChainStatusFlags.NotTimeValid => ExplainNotTimeValid(who, certificate),
            X509ChainStatusFlags.NotSignatureValid => $"the signature of {who} does not hold, or is made by an algorithm that is refused",
            X509ChainStatusFlags.HasWeakSignature => $"the signature of {who} is weak",
            X509ChainStatusFlags.InvalidBasicConstraints => $"{who} stands where its basic constraints do not allow it to",
            X509ChainStatusFlags.NotValidForUsage => $"{who} is not meant for this use",
            X509ChainStatusFlags.HasNotSupportedCriticalExtension => $"{who} has a critical extension that clients do not know",
            X509ChainStatusFlags.InvalidExtension => $"{who} has an extension that cannot be read",
            X509ChainStatusFlags.InvalidPolicyConstraints or X509ChainStatusFlags.NoIssuanceChainPolicy =>
                $"{who} breaks a policy of an authority above it",
            X509ChainStatusFlags.Cyclic => $"{who} stands in a circle of issuers",
            _ => $"{who} is refused",
        };
    }

    private static string? FindNameProblem(string who, X509ChainStatusFlags problem) => problem switch
    {
        X509ChainStatusFlags.HasNotPermittedNameConstraint or X509ChainStatusFlags.HasNotDefinedNameConstraint =>
            $"{who} has a name that an authority above it does not permit",
        X509ChainStatusFlags.HasExcludedNameConstraint => $"{who} has a name that an authority above it excludes",
        X509ChainStatusFlags.HasNotSupportedNameConstraint or X509ChainStatusFlags.InvalidNameConstraints =>
            $"the name constraints above {who} cannot be checked",
        _ => null,
    };

    /// <summary>What the authorities above permit and exclude.</summary>
    private static string DescribeConstraints(List<X509ChainElement> elements, int place)
    {
        var said = elements.Skip(place + 1)
            .Select(
                element => (element.Certificate, Extension: element.Certificate.Extensions.FirstOrDefault(
                    extension => extension.Oid?.Value == NameConstraintsExtension)))
            .Where(pair => pair.Extension is not null)
            .Select(pair => $"'{pair.Certificate.Subject}' {Describe(pair.Extension!.RawData)}")
            .ToList();
        return said.Count == 0 ? string.Empty : $": {string.Join("; ", said)}";
    }

    private static IEnumerable<string> DescribeTrees(Asn1Object trees) =>
        Asn1Sequence.GetInstance(trees).Select(tree => DescribeName(GeneralSubtree.GetInstance(tree).Base));

    private static string Describe(byte[] extension)
    {
        try
        {
            var constraints = NameConstraints.GetInstance(Asn1Object.FromByteArray(extension));
            var parts = new[] { ("permits", constraints.PermittedSubtreesValue), ("excludes", constraints.ExcludedSubtreesValue) }
                .Where(part => part.Item2 is not null)
                .Select(part => $"{part.Item1} {string.Join(", ", DescribeTrees(part.Item2.ToAsn1Object()))}");
            return string.Join(" and ", parts);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException)
        {
            return "has constraints that cannot be read";
        }
    }

    private static string DescribeName(GeneralName name) => name.TagNo == GeneralName.IPAddress
        ? $"the addresses {FormatNetwork(Asn1OctetString.GetInstance(name.Name).GetOctets())}"
        : $"{name.Name}";

    // Address and mask, each half of the octets.
    private static string FormatNetwork(byte[] octets)
    {
        if (octets.Length is not (8 or 32))
        {
            return $"{Convert.ToHexStringLower(octets)} (neither IPv4 nor IPv6)";
        }

        var (address, mask) = (new IPAddress(octets[..(octets.Length / 2)]), octets[(octets.Length / 2)..]);
        var length = mask.Sum(part => BitOperations.PopCount(part));
        var bits = string.Concat(mask.Select(part => $"{part:b8}"));
        return bits.TrimEnd('0').Contains('0', StringComparison.Ordinal)
            ? $"{address} with the mask {new IPAddress(mask)}"
            : $"{address}/{length}";
    }
}
