using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Deployment;

/// <summary>A Vault release on a cluster, from install to removal. Disposal removes everything that it created.</summary>
public sealed partial class VaultDeployment : IAsyncDisposable
{
    private readonly IKubernetesCluster _cluster;
    private readonly HelmClient _helm;
    private readonly HarnessServices _services;
    private readonly NamespaceOwner _namespace;
    private readonly TestCertificateAuthority _authority;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly LiveStages _live;
    private DeploymentOptions _options;
    private RelayPod? _relay;
    private DeploymentState? _state;
    private Task<ValuesFacts>? _values;
    private bool _installing;
    private int _disposed;

    /// <summary>Prepares a deployment; nothing is created yet.</summary>
    /// <param name="cluster">Where it runs; stays the caller's.</param>
    /// <param name="helm">The Helm program.</param>
    /// <param name="options">What to install.</param>
    /// <param name="services">Clock, progress, Vault clients.</param>
    public VaultDeployment(IKubernetesCluster cluster, HelmClient helm, DeploymentOptions options, HarnessServices services)
    {
        _cluster = cluster;
        _helm = helm;
        _options = options;
        _services = services;
        _namespace = new NamespaceOwner(cluster.Client, options.Namespace, options.RunId, services.Wait);
        _authority = new TestCertificateAuthority(services.Time);
        _live = new LiveStages(services, _lifetime.Token);
    }

    /// <summary>Takes secrets of this deployment out of any text.</summary>
    public SecretRedactor Redactor { get; } = new();

    /// <summary>Installs the release and takes it to "unsealed, audited by a scoped token".</summary>
    /// <param name="cancellationToken">Ends the start; dispose afterwards.</param>
    /// <exception cref="HarnessException">
    /// A step failed. <see cref="OpenTarget"/> still gives what can be observed, if anything was installed.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeStepsAsync(cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The API server did not do what the run needs: {ApiFailure.DescribeReason(exception)}. Check the cluster, and what the "
                    + $"credentials may do in namespace '{_options.Namespace}'.",
                exception);
        }
    }

    private async Task TakeStepsAsync(CancellationToken cancellationToken)
    {
        var facts = await new ClusterFactsProbe(_cluster.Client, _cluster.Kind, _cluster.NodeSettings)
            .TakeAsync(Subjects.Cluster, cancellationToken);
        await _namespace.CreateAsync(cancellationToken);
        _state = new DeploymentState(facts);
        _installing = true;
        var installed = await _services.Progress.RunPhaseAsync(
            "release", $"installing chart '{_options.Chart.Name}' {_options.Chart.Version} as release '{_options.ReleaseName}'",
            _services.Time,
            () => new ReleaseInstaller(_cluster, _helm, _options, _authority, Redactor, _services.Progress)
                .InstallAsync(facts, cancellationToken));
        var startup = CreateStartup();
        var servers = startup.CreateConnections(installed);
        _state = _state with { Installed = installed, Servers = servers };
        _values = FindValuesAsync(installed);
        _relay = await startup.RelayAsync(installed, cancellationToken);
        _second = startup.OpenSecond(installed);
        await startup.RunAsync(installed, servers, result => _state = _state with { Bootstrap = result }, cancellationToken);
    }

    /// <summary>
    /// Upgrades the release by Helm. What pods run stays as it is until they are replaced, because the chart's StatefulSet waits for
    /// somebody to delete them.
    /// </summary>
    /// <param name="change">What to upgrade to.</param>
    /// <param name="cancellationToken">Ends the upgrade; the release may then be half upgraded.</param>
    /// <exception cref="HarnessException">Values, patches, chart or cluster do not allow it.</exception>
    /// <exception cref="InvalidOperationException">Nothing was installed.</exception>
    public async Task UpgradeAsync(ReleaseChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (state, installed) = _state is { Installed: { } earlier }
            ? (_state, earlier)
            : throw new InvalidOperationException("There is no release to upgrade.");
        _options = change.Apply(_options);
        var upgraded = await _services.Progress.RunPhaseAsync(
            "upgrade", $"upgrading release '{_options.ReleaseName}' to chart '{_options.Chart.Name}' {_options.Chart.Version}",
            _services.Time,
            () => new ReleaseInstaller(_cluster, _helm, _options, _authority, Redactor, _services.Progress)
                .UpgradeAsync(state.Cluster, installed, cancellationToken));
        _state = state with { Installed = upgraded };
        _values = FindValuesAsync(upgraded);
    }

    /// <summary>The release as a target that takes observations and records them.</summary>
    /// <param name="startupProblem">Why the release did not come up; null when it did.</param>
    /// <param name="stage">The stage that is observed from now on. The target can be asked for the stages that were opened before.</param>
    /// <returns>The target; null when nothing was installed, so that there is nothing to observe.</returns>
    public Target? OpenTarget(string? startupProblem, ObservationStage stage = ObservationStage.Only) =>
        _state is { Installed: { } installed } ? _live.Open(CreateParts(_state, installed, startupProblem) with { Stage = stage }) : null;

    /// <summary>Takes all passive observations of all pods side by side, so that judging does not wait for them one by one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException"><see cref="OpenTarget"/> was not called.</exception>
    public Task ObserveAsync(CancellationToken cancellationToken) => _live.ObserveAsync(cancellationToken);

    /// <summary>Namespace of the release.</summary>
    public string Namespace => _options.Namespace;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _lifetime.CancelAsync();
        // Its outcome, a failure included, belongs to whoever asks for the observation; here it only has to have ended.
        await ((_values as Task)?.ContinueWith(_ => { }, TaskScheduler.Default) ?? Task.CompletedTask);
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        try
        {
            await Task.WhenAll(
                RemoveSecondAsync(), new ReleaseRemoval(_cluster, _helm, _options, _services).RunAsync(_namespace, _installing));
        }
        finally
        {
            _authority.Dispose();
            _lifetime.Dispose();
        }
    }

    // Rendering takes a while, and the pods need time to start.
    private async Task<ValuesFacts> FindValuesAsync(InstalledRelease installed)
    {
        var token = _lifetime.Token;
        var absent = await new AdmittedFields(_cluster.Client, _options.Namespace).ListAbsentAsync(installed.Rendered.Objects, token);
        var (options, releases) = (_options, new HelmReleases(_helm));
        var effects = new ValuesEffects(
            async (values, cancellationToken) => RenderedManifests.Parse(await releases.RenderAsync(
                new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, [values]), installed.Access, cancellationToken)),
            Path.Combine(options.WorkFolder, $"values-{options.Namespace}"));
        return await effects.FindAsync(options.Chart, options.ValuesFiles, absent, token);
    }

    private ReleaseStartup CreateStartup() => new(_cluster, _options, _services, _authority, Redactor);

    private LiveTargetParts CreateParts(DeploymentState state, InstalledRelease installed, string? startupProblem) => new()
    {
        Cluster = _cluster,
        Namespace = _options.Namespace,
        RunId = _options.RunId,
        ApiPort = installed.Rendered.ApiPort,
        Servers = state.Servers ?? CreateStartup().CreateConnections(installed),
        StartupProblem = startupProblem,
        Material = state.Bootstrap?.Material,
        Auditor = state.Bootstrap?.Auditor,
        NoAuditor = state.Bootstrap?.NoAuditor,
        Baseline = state.Bootstrap?.Baseline,
        Release = new ReleaseFactsReader(_cluster, _helm, _options, _services, installed, startupProblem).ReadAsync,
        Trust = _ => Task.FromResult(new TrustFacts([_authority.Anchor], installed.SecretNames)),
        Setup = state.Bootstrap?.Setup,
        Values = _values is { } values ? values.WaitAsync : null,
        IssueReplacement = installed.Issue,
        Relay = _relay,
        Reach = CreateReach(),
        DisruptionForbidden = _options.DisruptionForbidden,
        StepLimit = _options.StepLimit,
        EvidenceFolder = _options.EvidenceFolder,
        Redactor = Redactor,
    };
}
