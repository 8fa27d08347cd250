using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network.Paths;

/// <summary>One way into the release that is to be tried.</summary>
/// <param name="Name">For example <c>service/vault-active:8200</c>.</param>
/// <param name="Kind">See <see cref="PathEndpoint.Kind"/>.</param>
/// <param name="Endpoints">Where to connect; several for a headless Service. Empty when no address is known.</param>
/// <param name="Purpose">What the port is for.</param>
/// <param name="Ready">False when nothing is behind it.</param>
/// <param name="Outside">True when clients outside the cluster use it.</param>
/// <param name="ServerName">DNS name for SNI and Host; null when addressed by IP.</param>
internal sealed record PathPlan(
    string Name, string Kind, IReadOnlyList<NetworkEndpoint> Endpoints, PortPurpose Purpose, bool Ready, bool Outside, string? ServerName)
{
    /// <summary>The addresses, for people.</summary>
    public string Address => Endpoints.Count == 0 ? "no address" : string.Join(", ", Endpoints);
}
