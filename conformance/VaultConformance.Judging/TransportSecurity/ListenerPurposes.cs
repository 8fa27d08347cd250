using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether every listener of the loaded configuration was checked as what it is: a port that is taken for another is asked less.
/// </summary>
public static class ListenerPurposes
{
    /// <summary>Judges the ports of a pod; nothing when each was checked as Vault's API.</summary>
    /// <param name="endpoints">What was seen on the wire.</param>
    /// <param name="loaded">The loaded listeners.</param>
    public static IEnumerable<Judgement> Judge(IReadOnlyList<ListenerEndpoint> endpoints, IReadOnlyList<LoadedListener> loaded) =>
        loaded.Where(listener => !listener.LoopbackOnly).Select(listener => listener.Port).OfType<int>().Distinct()
            .SelectMany(port => endpoints.Where(endpoint => endpoint.Port == port && endpoint.Purpose != PortPurpose.Api))
            .Select(endpoint => Judgement.Unknown(
                $"purpose of port {endpoint.Port}",
                "Vault's API, as the loaded configuration says",
                $"it was checked as '{endpoint.Purpose}', so that less was asked of it"));
}
