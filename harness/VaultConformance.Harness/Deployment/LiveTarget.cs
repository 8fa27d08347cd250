using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Disruptive;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Reach;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>Gives probes what they need and makes them a target.</summary>
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
            new EvidenceStore(parts.EvidenceFolder, parts.Stage),
            services.Time,
            lifetime);
        AddProbes(probes, Provide(lifetime));
        Target = new Target(_source);
    }

    internal Target Target { get; }

    /// <summary>Where its observations come from.</summary>
    internal IObservationSource Source => _source;

    /// <summary>Takes everything passive, all pods side by side.</summary>
    internal Task ObserveAsync(CancellationToken cancellationToken) => PassiveObservations.TakeAllAsync(_source, cancellationToken);

    private void AddProbes(ProbeSet probes, ServiceProvider services)
    {
        var kinds = LiveProbes.Kinds.ToLookup(kind => kind.Impact == ObservationImpact.Disruptive && _parts.Material is null);
        probes.AddLive(kinds[false], services);
        foreach (var kind in kinds[true])
        {
            probes.AddAbsent(kind, DisruptionWithoutServer.Explain(_parts.StartupProblem));
        }
    }

    private ServiceProvider Provide(CancellationToken lifetime)
    {
        var context = new ProbeContext(
            _parts.Cluster.Client, _parts.Namespace, _parts.Cluster.Kind, _parts.Cluster.NodeSettings, _executor, () =>
                _source, _parts.Redactor, _services.Time, lifetime)
        {
            RunId = _parts.RunId,
            Limits = new StepLimits(_parts.StepLimit),
            Material = _parts.Material,
        };
        var services = LiveProbes.CreateServices(context)
            .AddSingleton(_services.Wait)
            .AddSingleton(new InstalledFacts(_parts.Release, _parts.Trust, _parts.Values, _parts.Setup))
            .AddSingleton(new ServerAccess(_parts.Servers, _parts.ApiPort, _parts.Auditor, _parts.NoAuditor) { Baseline = _parts.Baseline })
            .AddSingleton(new LoadedConfigReader(_executor, FindContainerAsync, context.Limits.Helper))
            .AddSingleton(CreateNetwork())
            .AddSingleton(_parts.Reach ?? ReachServices.None);
        if (_parts.Material is { } material)
        {
            services.AddSingleton(CreateControl(context, material)).AddSingleton<PodDeletion>();
        }

        if (_parts.Cluster is INodeAccess node)
        {
            services.AddSingleton(node);
        }

        return services.BuildServiceProvider();
    }

    private async Task<PodContainer> FindContainerAsync(string pod, CancellationToken cancellationToken)
    {
        var admitted = (await Target.FindServerPodsAsync(cancellationToken)).Single(candidate => candidate.Name == pod);
        return new PodContainer(_parts.Namespace, pod, admitted.Container.Name);
    }

    private NetworkServices CreateNetwork() => new(
        TlsProber.Create(TlsProber.DefaultLimit, _services.Time, _parts.Servers.Client),
        new PlaintextProber(PlaintextLimit, _services.Time),
        _parts.Relay is { } relay ? new RelayVantage(relay, _services.Time) : new DirectVantage(),
        new DirectVantage(),
        new PortForward(_parts.Cluster.Client, _parts.Namespace).ConnectAsync,
        _parts.IssueReplacement);

    private ServerControl CreateControl(ProbeContext context, UnsealMaterial material)
    {
        var watcher = new ServerPodsWatcher(
            _parts.Cluster.Client, _parts.Namespace, _services.Wait, _parts.StepLimit, _services.Time, _parts.Redactor.Redact);
        var bootstrapper = new VaultBootstrapper(_services.Wait, _parts.StepLimit, _services.Progress, _parts.Redactor);
        return new ServerControl(
            context,
            watcher,
            new ServerRecovery(_parts.Servers, _parts.ApiPort, bootstrapper, material, watcher, _services.Wait, context.Limits));
    }
}
