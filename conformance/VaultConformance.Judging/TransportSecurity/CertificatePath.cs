using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>An authority in a path.</summary>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Port">Port whose leaf the path starts at.</param>
/// <param name="AuthoritiesBelow">How many authorities stand between it and the leaf.</param>
/// <param name="IsAnchor">True for the trusted root.</param>
internal sealed record ChainLink(X509Certificate2 Certificate, int Port, int AuthoritiesBelow, bool IsAnchor)
{
    /// <summary>For people.</summary>
    public string Description => $"{(IsAnchor ? "root" : "authority")} '{Certificate.Subject}' above the leaf on port {Port}";
}

/// <summary>The path from a leaf to a trusted root, over nothing but what the server presents.</summary>
internal sealed class CertificatePath : IDisposable
{
    private readonly X509Chain _chain = new();
    private readonly List<X509Certificate2> _roots = [];

    private CertificatePath(ServedChain served, IReadOnlyList<string> anchors, DateTimeOffset at)
    {
        _roots.AddRange(anchors.Select(anchor => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(anchor))));
        _chain.ChainPolicy.CustomTrustStore.AddRange(_roots.ToArray());
        _chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        _chain.ChainPolicy.ExtraStore.AddRange(served.Presented);
        _chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        _chain.ChainPolicy.DisableCertificateDownloads = true;
        _chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        var built = _chain.Build(served.Leaf);
        var elements = SelectTrusted([.. _chain.ChainElements]);
        Links = [.. elements.Skip(1)
            .Select((element, place) => new ChainLink(element.Certificate, served.Port, place, IsRoot(element.Certificate)))];
        EndsEarly = elements is [.., { Certificate: var last }] && IsAnchor(last) && !IsRoot(last) ? last : null;
        var problems =
            built ? [] : ChainProblems.List(
                elements, EndsEarly is null && _chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.PartialChain));
        var times = EndsEarly is { } end && (at < CertificateTimes.Start(end) || at >= CertificateTimes.End(end))
            ? [ChainProblems.ExplainNotTimeValid(end)]
            : Array.Empty<string>();
        Problems = [.. problems.Concat(times).Concat(ListBorrowed(served).Select(ChainProblems.ExplainNotPresented)).Distinct()];
    }

    /// <summary>The authorities, the issuer of the leaf first.</summary>
    public IReadOnlyList<ChainLink> Links { get; }

    /// <summary>
    /// The trusted certificate at which the path ends although another authority issued it; null when it ends at a root. Go takes every
    /// trusted certificate as the end of a path, other clients ask for the root.
    /// </summary>
    public X509Certificate2? EndsEarly { get; }

    /// <summary>What is wrong with the path, in sentences; empty when it leads to a trusted root.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Builds a path.</summary>
    /// <param name="served">What is presented.</param>
    /// <param name="anchors">Trusted roots, DER in Base64.</param>
    /// <param name="at">When it was presented.</param>
    /// <exception cref="CryptographicException">A trusted root is no certificate.</exception>
    public static CertificatePath Build(ServedChain served, IReadOnlyList<string> anchors, DateTimeOffset at) => new(served, anchors, at);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var element in _chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        _chain.Dispose();
        _roots.ForEach(root => root.Dispose());
    }

    // What stands above the first trusted certificate is asked by nobody who takes that one as the end.
    private List<X509ChainElement> SelectTrusted(List<X509ChainElement> elements)
    {
        var end = elements.FindIndex(element => IsAnchor(element.Certificate));
        return end < 0 ? elements : elements[..(end + 1)];
    }

    private bool IsRoot(X509Certificate2 certificate) =>
        IsAnchor(certificate) && certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private bool IsAnchor(X509Certificate2 certificate) => _roots.Exists(root => AreSame(root, certificate));

    /// <summary>Authorities that only this machine knows: other clients do not have them.</summary>
    private IEnumerable<X509Certificate2> ListBorrowed(ServedChain served) =>
        Links.Where(link => !IsAnchor(link.Certificate) && !served.Presented.Any(presented => AreSame(presented, link.Certificate)))
            .Select(link => link.Certificate);

    private static bool AreSame(X509Certificate2 first, X509Certificate2 second) => first.RawData.AsSpan().SequenceEqual(second.RawData);
}
