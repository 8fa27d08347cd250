using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Diagnostics;
using VaultConformance.Harness.Evidence;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Disruptive;
using VaultConformance.Harness.Targets;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Deployment;

/// <summary>Wires the probes of a deployment to a target.</summary>
internal sealed class LiveTarget
{
    private readonly IKubernetesCluster _cluster;
    private readonly DeploymentOptions _options;
    private readonly HarnessServices _services;
    private readonly DeploymentState _state;
    private readonly InstalledRelease _installed;
    private readonly PodExecutor _executor;
    private readonly LiveObservationSource _source;

    internal LiveTarget(
        IKubernetesCluster cluster,
        HelmClient helm,
        DeploymentOptions options,
        HarnessServices services,
        DeploymentState state,
        TestCertificateAuthority authority,
        SecretRedactor redactor,
        string? startupProblem,
        CancellationToken lifetime)
    {
        _cluster = cluster;
        _options = options;
        _services = services;
        _state = state;
        _installed = state.Installed!;
        _executor = new PodExecutor(cluster.Client);
        var probes = new ProbeSet();
        _source = new LiveObservationSource(
            probes,
            new DisruptionPolicy(options.DisruptionForbidden, new Lazy<Task>(() => PassiveObservations.TakeAllAsync(_source!, lifetime))),
            new EvidenceStore(options.EvidenceFolder),
            services.Time,
            lifetime);
        var context = new ProbeContext(
            cluster.Client, options.Namespace, cluster.Kind, cluster.NodeSettings, _executor, () => _source, redactor, services.Time, lifetime);
        PassiveProbes.AddTo(probes, context);
        probes.Add(ObservationKinds.Trust, (_, _) => Task.FromResult(new TrustFacts([authority.Anchor], _installed.SecretNames)));
        probes.Add(ObservationKinds.Release, (_, token) => new ReleaseFactsReader(cluster, helm, options, services, _installed, startupProblem).ReadAsync(token));
        AddVault(probes);
        AddDisruptive(probes, redactor);
        Target = new Target(_source);
    }

    /// <summary>The target.</summary>
    internal Target Target { get; }

    private void AddVault(ProbeSet probes)
    {
        if (_state.Servers is { } servers)
        {
            probes.Add(new VaultStateProbe(servers, _installed.Rendered.ApiPort, _state.Bootstrap?.Auditor));
        }
    }

    private void AddDisruptive(ProbeSet probes, SecretRedactor redactor)
    {
        if (_state is not { Servers: { } servers, Bootstrap: { } bootstrap })
        {
            return;
        }

        var watcher = new ServerPodsWatcher(_cluster.Client, _options.Namespace, _services.Wait, _options.StepLimit, _services.Time, redactor.Redact);
        var bootstrapper = new VaultBootstrapper(_services.Wait, _options.StepLimit, _services.Progress);
        var recovery = new ServerRecovery(
            servers, _installed.Rendered.ApiPort, bootstrapper, bootstrap.Material, watcher, _services.Wait, _options.StepLimit);
        var control = new ServerControl(_cluster.Client, _options.Namespace, _executor, watcher, recovery);
        probes.Add(new SigtermProbe(control, _services.Wait, _services.Time));
        probes.Add(new PodDeletionProbe(control, _cluster as INodeAccess, _services.Wait, _services.Time));
        probes.Add(new CrashCanaryProbe(control, _cluster as INodeAccess, _options.RunId, _services.Wait));
    }
}
