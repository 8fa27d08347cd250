using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>A name that a certificate has to be valid for.</summary>
/// <param name="Name">DNS name or IP address.</param>
/// <param name="Use">Who uses it.</param>
/// <param name="Recommended">True when only some clients do.</param>
internal sealed record RequiredName(string Name, string Use, bool Recommended = false)
{
    private const string AnyLabel = "any-label";

    /// <summary>Ports of the pod that are reached by it; null when that is not known, so that every certificate has to hold it.</summary>
    public IReadOnlyList<int>? Ports { get; init; }

    /// <summary>False when it is the text of an address in which no host can be read.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>The name in an address.</summary>
    /// <param name="url">A URL, or host and port.</param>
    /// <param name="use">Who uses it.</param>
    /// <param name="recommended">True when only some clients do.</param>
    public static RequiredName From(string url, string use, bool recommended = false) =>
        new(UrlHosts.GetHost(url), use, recommended) { IsReadable = UrlHosts.IsReadable(url) };

    /// <summary>True when it leads to a port, or to none that serves a certificate, so that every one has to hold it.</summary>
    /// <param name="port">The port.</param>
    /// <param name="serving">All ports that serve certificates.</param>
    public bool LeadsTo(int port, IReadOnlyCollection<int> serving) =>
        Ports is null || Ports.Contains(port) || !Ports.Any(serving.Contains);

    /// <summary>Judges a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="port">Port it is served on.</param>
    public Judgement Judge(X509Certificate2 leaf, int port)
    {
        if (!IsReadable)
        {
            var unknown = Judgement.Unknown(
                $"'{Name}' ({Use}) in the certificate on port {port}",
                "an address whose host the certificate covers",
                "it cannot be read as an address");
            return Recommended ? unknown.AsRecommendation() : unknown;
        }

        // A wildcard stands for the names that it holds: one of them is asked for.
        var asked = Name.StartsWith("*.", StringComparison.Ordinal) ? AnyLabel + Name[1..] : Name;
        var holds = ServerNames.Hold(leaf, asked);
        var judgement = Judgement.Of(
            $"{Name} ({Use}) in the certificate on port {port}",
            holds,
            "covered by a subject alternative name",
            holds ? "covered" : "not covered")
            .Saying($"The certificate on port {port} does not cover {Name} ({Use}).");
        return Recommended ? judgement.AsRecommendation() : judgement;
    }
}
