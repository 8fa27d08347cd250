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

    /// <summary>True when it leads to a port, or to none that serves a certificate, so that every one has to hold it.</summary>
    /// <param name="port">The port.</param>
    /// <param name="serving">All ports that serve certificates.</param>
    public bool LeadsTo(int port, IReadOnlyCollection<int> serving) => Ports is null || Ports.Contains(port) || !Ports.Any(serving.Contains);

    /// <summary>Judges a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="port">Port it is served on.</param>
    public Judgement Judge(X509Certificate2 leaf, int port)
    {
        // A wildcard stands for the names that it holds: one of them is asked for.
        var asked = Name.StartsWith("*.", StringComparison.Ordinal) ? AnyLabel + Name[1..] : Name;
        var holds = ServerNames.Hold(leaf, asked);
        var judgement = Judgement.Of(
            $"{Name} ({Use}) in the certificate on port {port}", holds, "covered by a subject alternative name", holds ? "covered" : "not covered");
        return Recommended ? judgement.AsRecommendation() : judgement;
    }
}
