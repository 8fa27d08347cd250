using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Network;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Who reaches the servers over the network of the cluster, and whom they reach.</summary>
[Family]
public sealed class NetworkControls : ControlFixture
{
    private const string Policies = "objects: networkPolicies[].spec";
    private const string Attempts = "network: attempts[]";

    [Control(
        "NET-1", 1, Requirement.Must,
        ValueKeys = ["server.networkPolicy.ingress", "server.networkPolicy.enabled"],
        Evidence = [Policies, Attempts, "sockets: sockets[]"])]
    public async Task Only_those_who_are_named_can_connect_to_the_servers()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var policies = new IngressPolicies(objects);
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var subject = Subjects.FromPod(pod.Name);
            var seen = await Target.FindAsync(ObservationKinds.Network, cancellationToken);
            Report(pod.Name, policies.Judge(pod.Admitted, seen is not null && new IngressProof(seen).KeepsOut(subject)));
            var proof = new IngressProof(await Target.ObserveAsync(ObservationKinds.Network, cancellationToken));
            var sockets = pod.Admitted.Spec.HostNetwork == true ? null : await pod.FindAsync(ObservationKinds.Sockets, cancellationToken);
            Report(pod.Name, proof.Judge(
                subject,
                new ServerPolicies(objects, pod.Admitted).Cluster.Number,
                sockets is null
                    ? null
                    : [.. sockets.Sockets.Where(socket => !socket.LoopbackOnly).Select(socket => socket.Port).Distinct()]));
        });
    }

    [Control(
        "NET-2", 1, Requirement.Should,
        ValueKeys = ["server.networkPolicy.egress", "server.networkPolicy.enabled"],
        Evidence = [Policies, Attempts])]
    public async Task Servers_can_connect_only_to_what_they_need()
    {
        var policies = new EgressPolicies(await Target.ObserveAsync(ObservationKinds.Objects, Cancellation));
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            Report(pod.Name, policies.Judge(pod.Admitted));
            var proof = new EgressProof(await Target.ObserveAsync(ObservationKinds.Network, cancellationToken));
            Report(pod.Name, proof.Judge(Subjects.FromPod(pod.Name)));
        });
    }
}
