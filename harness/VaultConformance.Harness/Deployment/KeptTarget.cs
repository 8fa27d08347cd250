using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Deployment;

/// <summary>A release that an earlier run left running on purpose, opened again. Disposal leaves it running.</summary>
public sealed class KeptTarget : IAsyncDisposable
{
    /// <summary>Name of the kubeconfig in the folder of a kept run.</summary>
    public const string KubeconfigName = "kubeconfig";

    private readonly ExistingCluster _cluster;
    private readonly RelayPod _relay;
    private readonly CancellationTokenSource _lifetime;

    private KeptTarget(ExistingCluster cluster, RelayPod relay, CancellationTokenSource lifetime, Target target)
    {
        _cluster = cluster;
        _relay = relay;
        _lifetime = lifetime;
        Target = target;
    }

    /// <summary>The target.</summary>
    public Target Target { get; }

    /// <summary>Opens a kept release.</summary>
    /// <param name="file">File that <c>run --keep</c> wrote.</param>
    /// <param name="evidenceFolder">Where new evidence is recorded.</param>
    /// <param name="services">Clock, progress, Vault clients.</param>
    /// <param name="cancellationToken">Ends opening.</param>
    /// <exception cref="HarnessException">The file cannot be read, or the cluster is gone.</exception>
    public static async Task<KeptTarget> OpenAsync(
        string file, string evidenceFolder, HarnessServices services, CancellationToken cancellationToken)
    {
        var kept = await KeptRelease.ReadAsync(file, cancellationToken);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var cluster =
            await ExistingCluster.OpenAsync(Path.Combine(folder, KubeconfigName), "current", Path.GetTempPath(), cancellationToken);
        var runId = Guid.NewGuid().ToString("N")[..12];
        var relay = await RelayPod.StartAsync(
            cluster.Client,
            new PodExecutor(cluster.Client),
            new RelayPodSpec(kept.Namespace, kept.ServerImage, kept.PullSecrets, runId),
            services.Time,
            cancellationToken);
        var lifetime = new CancellationTokenSource();
        var parts = CreateParts(kept, cluster, relay, runId, evidenceFolder, services);
        return new KeptTarget(cluster, relay, lifetime, new LiveTarget(parts, services, lifetime.Token).Target);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync();
        await _relay.DisposeAsync();
        await _cluster.DisposeAsync();
        _lifetime.Dispose();
    }

    private static LiveTargetParts CreateParts(
        KeptRelease kept, ExistingCluster cluster, RelayPod relay, string runId, string evidenceFolder, HarnessServices services)
    {
        var trust = EndpointTrust.CreateFor(kept.RootPem, kept.Fingerprint);
        var forward = new PortForward(cluster.Client, kept.Namespace);
        var redactor = new SecretRedactor();
        var material =
            new UnsealMaterial([.. kept.UnsealKeys.Select(key => new SecretText(key))], new SecretText(string.Empty), kept.AutoUnseal);
        redactor.Register(material);
        var client = kept.Client?.Open(services.Time.GetUtcNow());
        redactor.Register(client?.Key ?? new SecretText(string.Empty));
        return new LiveTargetParts
        {
            Cluster = cluster,
            Namespace = kept.Namespace,
            RunId = runId,
            ApiPort = kept.ApiPort,
            Servers = new ServerConnections(services.VaultApi, forward.ConnectAsync, trust, kept.HeadlessService, client),
            Material = material,
            Auditor = kept.AuditorToken.Length == 0 ? null : new SecretText(kept.AuditorToken),
            NoAuditor = kept.AuditorToken.Length == 0 ? SelfInitialised.NoToken : null,
            Release = _ => Task.FromResult(kept.Release),
            Trust = _ => Task.FromResult(kept.Trust),
            Relay = relay,
            StepLimit = kept.StepLimit,
            EvidenceFolder = evidenceFolder,
            Redactor = redactor,
        };
    }
}
