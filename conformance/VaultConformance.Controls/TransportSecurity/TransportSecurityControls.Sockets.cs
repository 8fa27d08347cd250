using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.TransportSecurity;

namespace VaultConformance.Controls.TransportSecurity;

/// <summary>Who answers at the ports of a pod.</summary>
public sealed partial class TransportSecurityControls
{
    private async Task JudgeListenersAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var loaded = LoadedListener.List(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken));
        Report(pod.Name, loaded.Select(TlsCoherence.JudgeHeader));
        await ReportAgreementAsync(pod, ListenerAgreement.Forwarding, cancellationToken);
        var endpoints = (await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken)).Endpoints;
        RequireApi(pod, endpoints);
        Report(pod.Name, SocketOwners.JudgeConfigured(endpoints, loaded));
    }

    /// <summary>
    /// What the server reports and what its files say, where both are known: where they differ, neither is taken at its word.
    /// </summary>
    private async Task ReportAgreementAsync(ServerPod pod, IReadOnlyList<ListenerSetting> settings, CancellationToken cancellationToken)
    {
        var state = await pod.FindAsync(ObservationKinds.VaultState, cancellationToken);
        Report(pod.Name, ListenerAgreement.From(state, await pod.FindAsync(ObservationKinds.Files, cancellationToken)).Judge(settings));
        if (await pod.FindAsync(ObservationKinds.Listeners, cancellationToken) is { } listeners)
        {
            await ReportPurposesAsync(pod, listeners, cancellationToken);
        }
    }

    private async Task ReportPurposesAsync(ServerPod pod, ListenerFacts listeners, CancellationToken cancellationToken)
    {
        if (await pod.FindAsync(ObservationKinds.VaultState, cancellationToken) is { SanitizedConfig: not null } state)
        {
            Report(pod.Name, ListenerPurposes.Judge(listeners.Endpoints, LoadedListener.List(state)));
        }
    }

    private async Task JudgeOwnersAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var evidence = await ObserveSocketsAsync(pod, cancellationToken);
        var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
        Report(pod.Name, new SocketOwners(evidence).Judge(listeners.Endpoints, Parameters));
        Report(
            pod.Name,
            TlsCoherence.ListUnseen(await FindOwnSocketsAsync(pod, cancellationToken), listeners).Select(port => Judgement.Unknown(
                $"owner of port {port}", "the server itself", "it answered, and no such socket is among those that were seen")));
    }

    /// <summary>Whose ports are not Vault's by what the profile declares; without a declaration nothing is looked up.</summary>
    private async Task<DeclaredPorts> FindDeclaredPortsAsync(ServerPod pod, ListenerFacts listeners, CancellationToken cancellationToken) =>
        Parameters.DeclaredContainers.Count > 0 && listeners.Endpoints.Any(endpoint => endpoint.Purpose == PortPurpose.Other)
            ? DeclaredPorts.From(await ObserveSocketsAsync(pod, cancellationToken), Parameters.DeclaredContainers)
            : new DeclaredPorts(new Dictionary<int, string>());

    /// <summary>Without a look at an API port, what the others show says nothing about Vault.</summary>
    private void RequireApi(ServerPod pod, IReadOnlyList<ListenerEndpoint> endpoints)
    {
        if (!endpoints.Any(endpoint => endpoint.Purpose == PortPurpose.Api))
        {
            CannotTell(pod.Name, "API port", "one at least that was checked", "none of the ports that were checked is Vault's API");
        }
    }

    /// <summary>The sockets of the pod; in the network of the host those of the node are left out.</summary>
    private async Task<IReadOnlyList<ListeningSocket>> FindOwnSocketsAsync(ServerPod pod, CancellationToken cancellationToken) =>
        pod.Admitted.Spec.HostNetwork == true
            ? (await ObserveSocketsAsync(pod, cancellationToken)).Reachable
            : (await pod.ObserveAsync(ObservationKinds.Sockets, cancellationToken)).Sockets;

    private async Task<SocketEvidence> ObserveSocketsAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var sidecars = new Dictionary<string, ProcessTable>(StringComparer.Ordinal);
        var evidence = new SocketEvidence(
            pod.Admitted,
            await pod.ObserveAsync(ObservationKinds.Sockets, cancellationToken),
            await pod.ObserveProcessesAsync(cancellationToken),
            sidecars,
            pod.Sidecars);
        if (evidence.NeedsSidecars)
        {
            foreach (var name in pod.Sidecars)
            {
                await JudgePartAsync(
                    pod.Name, async () => sidecars[name] = await pod.ObserveSidecarProcessesAsync(name, cancellationToken));
            }
        }

        return evidence;
    }
}
