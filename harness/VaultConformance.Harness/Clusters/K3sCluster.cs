using System.Globalization;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.K3s;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Clusters;

/// <summary>A single-node K3s cluster in a container, started by Testcontainers and thrown away afterwards.</summary>
public sealed class K3sCluster : IKubernetesCluster, INodeAccess
{
    private const string ImageFolder = "/var/lib/rancher/k3s/agent/images/";
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromMinutes(2);
    private readonly K3sContainer _container;
    private readonly K3sClusterOptions _options;
    private int _disposed;

    private K3sCluster(K3sContainer container, K3sClusterOptions options, string kubeconfigPath)
    {
        _container = container;
        _options = options;
        KubeconfigPath = kubeconfigPath;
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath));
    }

    /// <inheritdoc />
    public string Kind => _options.Kind;

    /// <inheritdoc />
    public string Description => _options.Image;

    /// <inheritdoc />
    public IKubernetes Client { get; }

    /// <inheritdoc />
    public string KubeconfigPath { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> NodeSettings => [.. _options.Ulimits.Select(limit => limit.ToString())];

    /// <summary>Name of the node container.</summary>
    public string ContainerName => _container.Name.TrimStart('/');

    /// <summary>Starts the cluster and waits until it can take a release.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Where to report.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="cancellationToken">Stops and removes what was started.</param>
    /// <exception cref="HarnessException">The node did not start or did not become ready.</exception>
    public static async Task<K3sCluster> StartAsync(
        K3sClusterOptions options, IRunProgress progress, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var container = Build(options);
        try
        {
            await StartContainerAsync(container, options, cancellationToken);
            var kubeconfigPath = Path.Combine(options.StateFolder, $"kubeconfig-{options.RunId}-{container.Id[..8]}");
            await KubeconfigFile.WritePrivateAsync(kubeconfigPath, await container.GetKubeconfigAsync(), cancellationToken);
            var cluster = new K3sCluster(container, options, kubeconfigPath);
            await new ClusterReadiness(cluster.Client, new Wait(timeProvider), options.StartLimit).WaitAsync(progress, cancellationToken);
            return cluster;
        }
        catch
        {
            await RemoveFailedAsync(container, options, progress);
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<NodeCommandResult> RunOnNodeAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = await _container.ExecAsync([.. command], cancellationToken);
        return new NodeCommandResult(result.ExitCode ?? throw new HarnessException(
            FailureKind.Environment, $"The node gave no exit code for '{command[0]}'. Run again."), result.Stdout, result.Stderr);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Client.Dispose();
        try
        {
            await RemoveAsync(_container);
        }
        finally
        {
            File.Delete(KubeconfigPath);
        }
    }

    private static K3sContainer Build(K3sClusterOptions options)
    {
        var builder = new K3sBuilder(options.Image)
            .WithCommand("--tls-san=127.0.0.1")
            .WithLabel(RunLabels.CreateFor(options.RunId))
            .WithLabel(options.Keep ? new Dictionary<string, string> { [RunLabels.Keep] = "true" } : [])
            // The offline node waits for its parts this long; any other node takes no notice.
            .WithEnvironment("NODE_START_SECONDS", ((long)options.StartLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture))
            .WithCleanUp(!options.Keep)
            .WithLogger(NullLogger.Instance)
            .WithCreateParameterModifier(
                parameters => (parameters.HostConfig ??= new HostConfig()).Ulimits = [.. options.Ulimits.Select(ToDocker)]);
        return options.ImageArchives
            .Aggregate(builder, (current, archive) =>
                current.WithBindMount(Path.GetFullPath(archive), ImageFolder + Path.GetFileName(archive), AccessMode.ReadOnly))
            .Build();
    }

    private static Ulimit ToDocker(NodeUlimit limit) => new() { Name = limit.Name, Soft = limit.Soft, Hard = limit.Hard };

    private static async Task StartContainerAsync(K3sContainer container, K3sClusterOptions options, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(options.StartLimit, TimeProvider.System, cancellationToken);
        try
        {
            await container.StartAsync(limit.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || limit.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await NodeStartFailure.DescribeAsync(container, options, limit.IsOver, exception);
        }
    }

    // Why the node did not start is what the user has to know, whatever becomes of its removal.
    private static async Task RemoveFailedAsync(K3sContainer container, K3sClusterOptions options, IRunProgress progress)
    {
        try
        {
            var unknown = container.State == TestcontainersStates.Undefined;
            await RemoveAsync(container);
            if (unknown)
            {
                // A creation that was cancelled on its way leaves a container that nobody knows by its id.
                using var limit = new CancellationTokenSource(RemovalLimit);
                await NodeContainers.RemoveOfRunAsync(options.RunId, limit.Token);
            }
        }
        catch (Exception exception)
        {
            progress.ReportNotice(
                "removal",
                $"Not everything of the cluster was removed: {exception.Message.TrimEnd('.')}. The verb 'clean' removes what is left.");
        }
    }

    // Also after cancellation: what was started must go. A node that is busy may take longer than a minute.
    private static async Task RemoveAsync(K3sContainer container)
    {
        if (container.State != TestcontainersStates.Undefined)
        {
            using var limit = new CancellationTokenSource(RemovalLimit);
            try
            {
                await NodeContainers.RemoveAsync(container.Id, limit.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new HarnessException(
                    FailureKind.Environment,
                    FormattableString.Invariant(
                        $"Node container {container.Id[..12]} was not gone within {RemovalLimit:c}. Remove it with 'clean'."),
                    exception);
            }
        }

        await container.DisposeAsync();
    }
}
