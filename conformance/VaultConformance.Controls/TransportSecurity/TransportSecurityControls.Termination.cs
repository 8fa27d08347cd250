using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.TransportSecurity;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.TransportSecurity;

/// <summary>Where TLS ends, and what servers say to each other.</summary>
public sealed partial class TransportSecurityControls
{
    [Control(
        "TLS-5", 2, Requirement.Must,
        ValueKeys =
        [
            "server.volumeMounts#subPath", ChartValues.Standalone + "#tls_cert_file", ChartValues.Raft + "#tls_cert_file",
            ChartValues.Ha + "#tls_cert_file",
        ],
        Evidence =
        [
            "listeners: endpoints[].plaintext", "files: files[].firstCertificateSha256", "listeners: endpoints[].handshakes[].chain",
            StateMembers.Listeners,
        ])]
    public async Task The_served_certificate_is_the_one_in_file_and_Secret()
    {
        RequireTls();
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var leaves = new List<string>();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            leaves.AddRange(ServedChain.Leaves(listeners));
            await ReportAgreementAsync(pod, ListenerAgreement.Certificate, cancellationToken);
            var agreement =
                new LeafAgreement(pod.Admitted, pod.Container, await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), objects);
            var loaded = (await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)) is { SanitizedConfig: not null } state
                ? LoadedListener.List(state)
                : [];
            JudgeEachChain(pod, listeners, chain => Report(pod.Name, agreement.Judge(chain, loaded)));
        });
        DoesNotApply(
            "release",
            "a certificate of its own for every pod",
            $"{leaves.Distinct().Count()} certificates in {objects.ServerPods.Count} pods; the chart shares one Secret");
    }

    [Control(
        "TLS-6", 2, Requirement.Must,
        ValueKeys =
        [
            "server.ingress.enabled", "server.httproute.enabled", "server.route.tls.termination", "server.service.annotations",
            ChartValues.Standalone + "#x_forwarded_for_client_cert_header", ChartValues.Raft + "#x_forwarded_for_client_cert_header",
            ChartValues.Ha + "#x_forwarded_for_client_cert_header",
        ],
        Evidence =
        [
            "paths: paths[].plaintext", "paths: paths[].fingerprints", "paths: paths[].problems",
            "objects: services[].metadata.annotations", "objects: ingresses[].spec", "sockets: sockets[]",
        ])]
    public async Task Nothing_between_client_and_pod_ends_TLS()
    {
        RequireTls();
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var services = ReleaseServices.List(objects);
        foreach (var service in services)
        {
            Report($"service/{service.Metadata.Name}", OffloadingServices.Judge(service, objects.Secrets));
        }

        foreach (var (subject, judgement) in new OffloadingRoutes(objects, ReleaseServices.ListNames(objects))
            .Judge()
            .Concat(new UnknownEnds(objects).JudgeTermination()))
        {
            Report(subject, judgement);
        }

        foreach (var (subject, judgement) in new OtherWaysIn(objects, Parameters.DeclaredContainers).Judge())
        {
            Report(subject, judgement);
        }

        var leaves = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = 0;
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var served = ServedChain.Leaves(await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken));
            leaves.UnionWith(served);
            seen += served.Count > 0 ? 1 : 0;
            await JudgePartAsync(pod.Name, () => JudgeListenersAsync(pod, cancellationToken));
            await JudgePartAsync(pod.Name, () => JudgeOwnersAsync(pod, cancellationToken));
        });
        Report("namespace", ReleaseServices.JudgeUncertain(objects));
        await JudgePartAsync("paths", () => JudgePathsAsync(objects, leaves, seen == objects.ServerPods.Count));
    }

    private async Task JudgePathsAsync(AdmittedObjects objects, HashSet<string> leaves, bool areAll)
    {
        var ways = new WaysIn(objects);
        var facts = await Target.ObserveAsync(ObservationKinds.Paths, Cancellation);
        Report("paths", ways.Judge(facts));
        foreach (var path in facts.Paths.Where(path => path.Purpose != PortPurpose.Cluster))
        {
            Report(path.Name, new PathTermination(ways).Judge(path, leaves, areAll));
        }
    }

    /// <summary>A Service that publishes nothing says nothing about a standalone server, so only what is published counts there.</summary>
    private async Task JudgePublishedAsync(AdmittedObjects objects, IReadOnlyCollection<int> numbers)
    {
        var pods = await Target.FindServerPodsAsync(Cancellation);
        var clusterPorts = new ClusterPorts(pods[0].Container, numbers);
        var published = new PublishedClusterPort(clusterPorts, Parameters.ReplicationPeers);
        var judged = ReleaseServices.List(objects)
            .Select(service => (Subject: $"service/{service.Metadata.Name}", Judgement: published.Judge(service)))
            .Concat(new PublishedByRoutes(objects, clusterPorts, Parameters.ReplicationPeers).Judge());
        foreach (var (subject, judgement) in judged.Where(item => pods.Count > 1 || item.Judgement.Outcome == Outcome.Failed)
            .Concat(ReleaseServices.JudgeUncertainPorts(objects)))
        {
            Report(subject, judgement);
        }
    }

    /// <summary>Judges every chain that the pod serves; serving none is a finding too.</summary>
    private void JudgeEachChain(ServerPod pod, ListenerFacts listeners, Action<ServedChain> judge)
    {
        var chains = ServedChain.List(pod.Name, listeners);
        try
        {
            if (chains.Count == 0)
            {
                Report(pod.Name, WithoutCertificate(listeners));
            }

            Report(pod.Name, ServedChain.JudgeUnseen(listeners));

            foreach (var chain in chains)
            {
                judge(chain);
            }
        }
        finally
        {
            foreach (var chain in chains)
            {
                chain.Dispose();
            }
        }
    }

    private static Judgement WithoutCertificate(ListenerFacts listeners)
    {
        const string Fact = "certificate on the API port";
        return listeners.Endpoints.Any(
            endpoint => endpoint is { Purpose: PortPurpose.Api, Plaintext.Kind: PlaintextAnswerKind.HttpAnswered })
            ? Judgement.Of(Fact, false, "presented", "none, plaintext is spoken")
                .Saying("The API port serves plain HTTP, so there is no certificate to check.", FailureCause.TlsOff)
            : Judgement.Unknown(Fact, "presented", "no handshake succeeded, see TLS-2");
    }
}
