using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>The steps from an installed release to servers that are unsealed and ready.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="options">What was installed.</param>
/// <param name="services">Clock, progress, Vault clients.</param>
/// <param name="authority">Issued the certificates.</param>
/// <param name="redactor">Learns the secrets.</param>
internal sealed class ReleaseStartup(
    IKubernetesCluster cluster,
    DeploymentOptions options,
    HarnessServices services,
    TestCertificateAuthority authority,
    SecretRedactor redactor)
{
    /// <summary>Connections to the servers of a release.</summary>
    /// <param name="installed">The release.</param>
    public ServerConnections CreateConnections(InstalledRelease installed)
    {
        var trust = EndpointTrust.CreateFor(authority.RootPem, installed.Certificate?.Fingerprint);
        var forward = new PortForward(cluster.Client, options.Namespace);
        var client = options.ClientCertificate ?? authority.Client;
        redactor.Register(client.Key);
        return new ServerConnections(services.VaultApi, forward.ConnectAsync, trust, installed.Rendered.HeadlessService, client);
    }

    /// <summary>
    /// The pod from which the network is checked. Without it the network path cannot be observed, which the controls then say; the
    /// release can still be judged.
    /// </summary>
    /// <param name="installed">The release.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task<RelayPod?> RelayAsync(InstalledRelease installed, CancellationToken cancellationToken)
    {
        var spec = CreateSpec(installed, options.Namespace, installed.Rendered.PullSecrets);
        try
        {
            return await RelayPod.StartAsync(cluster.Client, new PodExecutor(cluster.Client), spec, services.Time, cancellationToken);
        }
        catch (HarnessException exception)
        {
            services.Progress.Note("release", exception.Message);
            return null;
        }
    }

    /// <summary>
    /// The second namespace; null where the run must not have one. Secrets are not copied, not even those for pulling images.
    /// </summary>
    /// <param name="installed">The release.</param>
    public SecondNamespace? OpenSecond(InstalledRelease installed) => options.SecondNamespaceForbidden is null
        ? SecondNamespace.Open(cluster.Client, CreateSpec(installed, SecondNamespace.CreateName(options.Namespace), []), services)
        : null;

    /// <summary>Waits for the server pods, initialises, unseals and hands over, and waits until clients are served.</summary>
    /// <param name="installed">The release.</param>
    /// <param name="servers">Connections to its servers.</param>
    /// <param name="cancellationToken">Ends the steps.</param>
    /// <param name="bootstrapped">Told the result of the bootstrap before the wait for readiness.</param>
    /// <exception cref="HarnessException">A step failed.</exception>
    public async Task RunAsync(
        InstalledRelease installed, ServerConnections servers, Action<BootstrapResult> bootstrapped, CancellationToken cancellationToken)
    {
        var replicas = installed.Rendered.Replicas;
        var watcher =
            new ServerPodsWatcher(cluster.Client, options.Namespace, services.Wait, options.StepLimit, services.Time, redactor.Redact);
        await services.Progress.RunPhaseAsync(
            "pods",
            "waiting for the server pods to run",
            services.Time,
            async () => (await watcher.WaitUntilRunningAsync(replicas, cancellationToken)).Count);
        bootstrapped(await services.Progress.RunPhaseAsync(
            "bootstrap",
            "initialising, unsealing, creating a read-only auditor token",
            services.Time,
            () => BootstrapAsync(watcher, installed, servers, cancellationToken)));
        await services.Progress.RunPhaseAsync(
            "ready",
            "waiting for the servers to be ready for clients",
            services.Time,
            () => watcher.WaitUntilReadyAsync(replicas, cancellationToken));
    }

    private RelayPodSpec CreateSpec(InstalledRelease installed, string place, IReadOnlyList<string> pullSecrets) =>
        new(place, installed.Rendered.ServerContainer["image"]?.ToString() ?? string.Empty, pullSecrets, options.RunId)
        {
            StartLimit = new StepLimits(options.StepLimit).Helper,
        };

    private async Task<BootstrapResult> BootstrapAsync(
        ServerPodsWatcher watcher, InstalledRelease installed, ServerConnections connections, CancellationToken cancellationToken)
    {
        var servers = new List<ServerConnection>();
        try
        {
            foreach (var pod in await watcher.WaitUntilRunningAsync(installed.Rendered.Replicas, cancellationToken))
            {
                servers.Add(await connections.OpenWhenListeningAsync(
                    pod.Metadata.Name,
                    installed.Rendered.ApiPort,
                    services.Wait,
                    options.StepLimit,
                    watcher.CrashAsync,
                    cancellationToken));
            }

            var refused =
                new RefusedClient(new PortForward(cluster.Client, options.Namespace).ConnectAsync, connections.Client, services.Time);
            async Task<string?> HopelessAsync(CancellationToken token) =>
                await watcher.CrashAsync(token)
                    ?? await refused.FindReasonAsync(servers.Select(server => server.Pod), installed.Rendered.ApiPort, token);
            var setup = CreateSetup(installed);
            var bootstrapper = new VaultBootstrapper(
                services.Wait, options.StepLimit, services.Progress, redactor, HopelessAsync, setup);
            var join = installed.Rendered.ConfigTexts.Any(text => text.Contains("retry_join", StringComparison.Ordinal))
                ? null
                : new RaftJoin(installed.Certificate?.Authority);
            var result = await bootstrapper.RunAsync(
                servers, join, DevelopmentMode.FindRootToken(installed.Rendered.ServerContainer), FindKeys(), cancellationToken);
            return result with { Setup = setup.Facts };
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private ServerSetup CreateSetup(InstalledRelease installed)
    {
        var port = installed.Rendered.ApiPort;
        var forward = new PortForward(cluster.Client, options.Namespace);
        var access = new SetupAccess((pod, token) => forward.ConnectAsync(pod, port, token), authority.RootPem);
        return new ServerSetup(
            options.Setup,
            new SetupPrograms(access, Path.Combine(options.WorkFolder, $"setup-{options.Namespace}"), options.StepLimit, redactor),
            services.Progress,
            redactor);
    }

    private UnsealKeySource? FindKeys() => options.UnsealKeysSecret is { } secret
        ? new UnsealKeySource(secret, token => new UnsealKeysSecret(cluster.Client, options.Namespace).ReadAsync(secret, token))
        : null;
}
