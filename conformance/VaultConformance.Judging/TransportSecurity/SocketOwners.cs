using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Who owns the ports of a pod: TLS may end in a container beside the server that has the same key, and then certificates say nothing.
/// </summary>
/// <param name="pod">What is known of the pod.</param>
internal sealed class SocketOwners(SocketEvidence pod)
{
    private const string Expected = "the server itself";

    /// <summary>Judges every port that listens beyond the loopback interface.</summary>
    /// <param name="endpoints">What was seen on the wire.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public IEnumerable<Judgement> Judge(IReadOnlyList<ListenerEndpoint> endpoints, ProfileParameters parameters)
    {
        var purposes = endpoints.ToDictionary(endpoint => endpoint.Port, endpoint => endpoint.Purpose);
        foreach (var socket in pod.Reachable)
        {
            yield return JudgeOwner(socket, purposes.GetValueOrDefault(socket.Port, PortPurpose.Other), parameters);
        }
    }

    /// <summary>Judges whether the ports that were checked as Vault's API are ones that Vault's configuration has.</summary>
    /// <param name="endpoints">What was seen on the wire.</param>
    /// <param name="listeners">The loaded listeners.</param>
    public static IEnumerable<Judgement> JudgeConfigured(IReadOnlyList<ListenerEndpoint> endpoints, IReadOnlyList<LoadedListener> listeners)
    {
        var configured = listeners.Where(listener => !listener.LoopbackOnly).Select(listener => listener.Port).OfType<int>().ToHashSet();
        var said = listeners.Count == 0 ? "none" : string.Join(", ", listeners.Select(listener => listener.Address));
        return endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Api).Select(endpoint => Judgement.Of(
            $"listener of the loaded configuration at port {endpoint.Port}",
            configured.Contains(endpoint.Port),
            "one that is reached from outside the pod",
            configured.Contains(endpoint.Port)
                ? "one that is reached from outside the pod"
                : $"none (the configuration has {said}): something else answers there")
            .Saying($"Something else than the configured listeners answers on port {endpoint.Port}."));
    }

    private Judgement JudgeOwner(ListeningSocket socket, PortPurpose purpose, ProfileParameters parameters)
    {
        var fact = string.Create(CultureInfo.InvariantCulture, $"owner of port {socket.Port} ({socket.Address})");
        var (isServer, who) = pod.FindOwner(socket);
        return (isServer, purpose) switch
        {
            (true, _) => Judgement.Of(fact, true, Expected, who),
            (false, PortPurpose.Other) => JudgeStranger(fact, who, parameters),
            (false, _) => Judgement.Of(fact, false, Expected, who)
                .Saying($"Port {socket.Port} does not belong to the server but to {who}."),
            _ => Judgement.Unknown(fact, Expected, who),
        };
    }

    /// <summary>A port of something else may lead into Vault or not; only who declares it can say.</summary>
    private Judgement JudgeStranger(string fact, string who, ProfileParameters parameters) =>
        pod.SidecarNames.Count > 0 && pod.SidecarNames.All(parameters.DeclaredContainers.Contains)
            ? Judgement.Irrelevant(fact, $"{who}; the containers beside the server are declared in the profile")
            : Judgement.Unknown(
                fact,
                Expected,
                $"{who}; whether it leads to Vault is not known. Remove it, or declare its container in the profile (declaredContainers)");
}
