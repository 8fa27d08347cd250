using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Disruptive;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>Wires probes to a target.</summary>
internal sealed class LiveTarget
{
    private static readonly TimeSpan PlaintextLimit = TimeSpan.FromSeconds(30);
    private readonly LiveTargetParts _parts;
    private readonly HarnessServices _services;
    private readonly PodExecutor _executor;
    private readonly LiveObservationSource _source;

    internal LiveTarget(LiveTargetParts parts, HarnessServices services, CancellationToken lifetime)
    {
        _parts = parts;
        _services = services;
        _executor = new PodExecutor(parts.Cluster.Client);
        var probes = new ProbeSet();
        _source = new LiveObservationSource(
            probes,
            new DisruptionPolicy(parts.DisruptionForbidden, new Lazy<Task>(() => PassiveObservations.TakeAllAsync(_source!, lifetime))),
            new EvidenceStore(parts.EvidenceFolder),
            services.Time,
            lifetime);
        var context = new ProbeContext(
            parts.Cluster.Client, parts.Namespace, parts.Cluster.Kind, parts.Cluster.NodeSettings, _executor, () => _source, parts.Redactor, services.Time, lifetime)
        {
            Limits = new StepLimits(parts.StepLimit),
            Material = parts.Material,
        };
        PassiveProbes.AddTo(probes, context);
        probes.Add(ObservationKinds.Trust, (_, token) => parts.Trust(token));
        probes.Add(ObservationKinds.Release, (_, token) => parts.Release(token));
        probes.Add(new VaultStateProbe(parts.Servers, parts.ApiPort, parts.Auditor, parts.NoAuditor, new LoadedConfigReader(_executor, ContainerAsync, new StepLimits(parts.StepLimit).Helper)));
        NetworkProbes.AddTo(probes, context, Network());
        AddDisruptive(probes);
        Target = new Target(_source);
    }

    /// <summary>The target.</summary>
    internal Target Target { get; }

    private async Task<PodContainer> ContainerAsync(string pod, CancellationToken cancellationToken)
    {
        var admitted = (await Target.ServerPodsAsync(cancellationToken)).Single(candidate => candidate.Name == pod);
        return new PodContainer(_parts.Namespace, pod, admitted.Container.Name);
    }

    /// <summary>Takes everything passive, all pods side by side.</summary>
    internal Task ObserveAsync(CancellationToken cancellationToken) => PassiveObservations.TakeAllAsync(_source, cancellationToken);

    private NetworkServices Network() => new(
        TlsProber.Create(TlsProber.DefaultLimit, _services.Time, _parts.Servers.Client),
        new PlaintextProber(PlaintextLimit, _services.Time),
        _parts.Relay is { } relay ? new RelayVantage(relay, _services.Time) : new DirectVantage(),
        new DirectVantage(),
        new PortForward(_parts.Cluster.Client, _parts.Namespace).ConnectAsync,
        _parts.IssueReplacement);

    private void AddDisruptive(ProbeSet probes)
    {
        if (_parts.Material is not { } material)
        {
            var reason = DisruptionWithoutServer.Because(_parts.StartupProblem);
            probes.AddAbsent(ObservationKinds.Sigterm, reason).AddAbsent(ObservationKinds.PodDeletion, reason).AddAbsent(ObservationKinds.CrashCanary, reason);
            return;
        }

        var limits = new StepLimits(_parts.StepLimit);
        var watcher = new ServerPodsWatcher(
            _parts.Cluster.Client, _parts.Namespace, _services.Wait, _parts.StepLimit, _services.Time, _parts.Redactor.Redact);
        var bootstrapper = new VaultBootstrapper(_services.Wait, _parts.StepLimit, _services.Progress, _parts.Redactor);
        var recovery = new ServerRecovery(_parts.Servers, _parts.ApiPort, bootstrapper, material, watcher, _services.Wait, limits);
        var control = new ServerControl(_parts.Cluster.Client, _parts.Namespace, _executor, watcher, recovery);
        var node = _parts.Cluster as INodeAccess;
        probes.Add(new SigtermProbe(control, _services.Wait, limits, _services.Time));
        probes.Add(new PodDeletionProbe(control, new PodDeletion(control, node, _services.Wait, limits, _services.Time)));
        probes.Add(new CrashCanaryProbe(control, node, _parts.RunId, _services.Wait, limits));
    }
}
