using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.TransportSecurity;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.TransportSecurity;

/// <summary>TLS of the listeners: what is spoken, with which certificate, and where it ends.</summary>
[Family]
public sealed partial class TransportSecurityControls : ControlFixture
{
    private const string WithoutTls = "the profile declares that TLS is not used";

    [Control(
        "TLS-1", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.Standalone + "#tls_disable", ChartValues.Raft + "#tls_disable", ChartValues.Ha + "#tls_disable",
            "global.tlsDisable",
        ],
        Evidence =
        [
            "listeners: endpoints[].plaintext", "paths: paths[].plaintext", StateMembers.Listeners,
            "sockets: sockets[]", "processes: processes[].environment.settings", "objects: services[].spec.ports",
        ])]
    public async Task Every_port_speaks_TLS_only()
    {
        RequireTls();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            Report(pod.Name, TlsCoherence.JudgeDeclared(pod.Container));
            await JudgePartAsync(pod.Name, async () => Report(
                pod.Name,
                (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers()
                    .SelectMany(server => TlsCoherence.JudgeEnvironment(new EffectiveEnvironment(server, pod.Admitted, pod.Container)))));
            await JudgePartAsync(pod.Name, async () => Report(pod.Name, TlsCoherence.JudgeAddresses(
                (await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)).SanitizedConfig, (await pod.ObserveAsync(
                    ObservationKinds.Files, cancellationToken)).LoadedConfig.Select(ServerConfiguration.Read))));
            await JudgePartAsync(
                pod.Name,
                async () => Report(pod.Name, TlsCoherence.JudgeListeners(
                    LoadedListener.List(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)))));
            await ReportAgreementAsync(pod, ListenerAgreement.Tls, cancellationToken);
            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            var declared = await FindDeclaredPortsAsync(pod, listeners, cancellationToken);
            Report(pod.Name, listeners.Endpoints.SelectMany(endpoint => declared.Exempts(endpoint) is { } reason
                ? [Judgement.Irrelevant($"answer of port {endpoint.Port} to plaintext", reason)]
                : PlaintextRefusal.Judge(endpoint)));
            Report(pod.Name, TlsCoherence.JudgeCompleteness(await FindOwnSocketsAsync(pod, cancellationToken), listeners));
        });
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        foreach (var service in ReleaseServices.List(objects))
        {
            Report($"service/{service.Metadata.Name}", TlsCoherence.JudgeService(service));
        }

        await JudgePartAsync("paths", async () =>
        {
            var paths = await Target.ObserveAsync(ObservationKinds.Paths, Cancellation);
            var ways = new WaysIn(objects);
            Report("paths", ways.Judge(paths));
            foreach (var path in paths.Paths)
            {
                Report(path.Name, PlaintextRefusal.Judge(path, ways));
            }
        });
    }

    [Control(
        "TLS-2", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.Standalone + "#tls_min_version", ChartValues.Raft + "#tls_min_version", ChartValues.Ha + "#tls_min_version",
            ChartValues.Standalone + "#tls_cipher_suites", ChartValues.Raft + "#tls_cipher_suites",
            ChartValues.Ha + "#tls_cipher_suites",
        ],
        Evidence =
        [
            "listeners: endpoints[].plaintext", "listeners: endpoints[].handshakes[].outcome",
            "listeners: endpoints[].handshakes[].detail", "listeners: endpoints[].weakSuites[].handshake.outcome",
            StateMembers.Listeners,
        ])]
    public async Task Listeners_accept_no_protocol_older_than_TLS_12()
    {
        RequireTls();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            await JudgePartAsync(pod.Name, async () => Report(
                pod.Name, LoadedListener.List(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken))
                    .Where(listener => !listener.TlsDisabled)
                    .Select(ProtocolFloor.JudgeConfigured)));
            await ReportAgreementAsync(pod, ListenerAgreement.Protocols, cancellationToken);
            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            if (listeners.Endpoints.Count == 0)
            {
                ConcludeInconclusive("no port of the pod was checked");
            }

            Report(pod.Name, ProtocolFloor.JudgeProber(listeners.Prober));
            RequireApi(pod, listeners.Endpoints);
            var declared = await FindDeclaredPortsAsync(pod, listeners, cancellationToken);
            Report(pod.Name, listeners.Endpoints.SelectMany(endpoint => declared.Exempts(endpoint) is { } reason
                ? [Judgement.Irrelevant($"versions of TLS on port {endpoint.Port}", reason)]
                : ProtocolFloor.Judge(endpoint)));
        });
    }

    [Control(
        "TLS-3", 2, Requirement.Must,
        ValueKeys = [ChartValues.Standalone + "#tls_cert_file", ChartValues.Raft + "#tls_cert_file", ChartValues.Ha + "#tls_cert_file"],
        Evidence = ["listeners: endpoints[].plaintext", "listeners: endpoints[].handshakes[].chain", "trust: anchors"])]
    public async Task The_certificate_is_trusted_and_fit_for_use()
    {
        RequireTls();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var anchors = (await Target.ObserveAsync(ObservationKinds.Trust, cancellationToken)).Anchors;
            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            await ReportPurposesAsync(pod, listeners, cancellationToken);
            var joinsAsClient = false;
            await JudgePartAsync(pod.Name, async () => joinsAsClient = ClusterTraffic.JoinsAsClient(
                ServerConfiguration.RequireLoaded(
                    await pod.ObserveAsync(ObservationKinds.Files, cancellationToken),
                    (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())));
            JudgeEachChain(pod, listeners, chain =>
            {
                Report(pod.Name, CertificateTrust.Judge(chain, anchors, listeners.ObservedAt, new ChainMargins(Parameters, joinsAsClient)));
                Report(pod.Name, new CertificateFitness(chain.Leaf, chain.Port).Judge(Parameters, listeners.ObservedAt, joinsAsClient));
            });
        });
    }

    [Control(
        "TLS-4", 2, Requirement.Must,
        ValueKeys =
        [
            "server.ha.apiAddr", ChartValues.Standalone + "#tls_cert_file", ChartValues.Raft + "#tls_cert_file",
            ChartValues.Ha + "#tls_cert_file",
        ],
        Evidence = ["listeners: endpoints[].plaintext", "listeners: endpoints[].handshakes[].chain", "paths: paths[].address"])]
    public async Task The_certificate_covers_every_name_in_use()
    {
        RequireTls();
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        Report("namespace", new WaysIn(objects).JudgeKnown(await Target.FindAsync(ObservationKinds.Paths, Cancellation)));
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var names =
                new RequiredNames(pod, objects, await ReadConfigurationsAsync(pod, cancellationToken)).ListAll(Parameters.ExternalHosts);
            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            await ReportPurposesAsync(pod, listeners, cancellationToken);
            var ports = listeners.Endpoints
                .Where(endpoint => endpoint.Handshakes.Any(handshake => handshake.Chain.Count > 0))
                .Select(endpoint => endpoint.Port)
                .ToHashSet();
            JudgeEachChain(pod, listeners, chain => Report(
                pod.Name, names.Where(name => name.LeadsTo(chain.Port, ports))
                    .DistinctBy(name => (name.Name, name.Use))
                    .Select(name => name.Judge(chain.Leaf, chain.Port))));
        });
    }

    /// <summary>What the server was started with; that it is not known becomes a finding, and what does not need it goes on.</summary>
    private async Task<IReadOnlyList<ServerConfiguration>> ReadConfigurationsAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServerConfiguration> configurations = [];
        await JudgePartAsync(pod.Name, async () => configurations = ServerConfiguration.RequireLoaded(
            await pod.ObserveAsync(ObservationKinds.Files, cancellationToken),
            (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers()));
        return configurations;
    }

    private void RequireTls()
    {
        if (Parameters.WithoutTls)
        {
            ConcludeNotApplicable(WithoutTls);
        }
    }
}
