using System.Globalization;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network.Reach;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>
/// A small pod beside the release from which connections are made, so that they cross the pod network: a port-forward ends in the pod's
/// loopback interface and says nothing about the network path (control TLS-1).
/// </summary>
internal sealed class RelayPod : IAsyncDisposable
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(20);

    private readonly IKubernetes _client;
    private readonly IPodExecutor _executor;
    private readonly RelayPodSpec _spec;
    private readonly Lazy<Task<V1Pod>> _ready;
    private readonly CancellationTokenSource _lifetime = new();
    private int _batches;
    private int _disposed;

    private RelayPod(IKubernetes client, IPodExecutor executor, RelayPodSpec spec, TimeProvider timeProvider)
    {
        (_client, _executor, _spec) = (client, executor, spec);
        _ready = new Lazy<Task<V1Pod>>(() => WaitUntilReadyAsync(new Wait(timeProvider), _lifetime.Token));
    }

    public string Name => RelayPodManifest.CreateName(_spec);

    /// <summary>Why the pod could not be deleted; null when it was, or has not been tried.</summary>
    public string? RemovalProblem { get; private set; }

    /// <summary>Creates the pod and returns at once; the first exchange waits until it runs.</summary>
    /// <param name="client">Client for the cluster; not owned.</param>
    /// <param name="executor">Runs commands in it.</param>
    /// <param name="spec">What it is made from.</param>
    /// <param name="timeProvider">Clock and timer.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <exception cref="HarnessException">The API server refuses the pod.</exception>
    public static async Task<RelayPod> StartAsync(
        IKubernetes client, IPodExecutor executor, RelayPodSpec spec, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var pod = new RelayPod(client, executor, spec, timeProvider);
        try
        {
            var target = await client.CoreV1.ReadNamespaceAsync(spec.Namespace, cancellationToken: cancellationToken);
            var assigned = target.Metadata.Annotations?.ContainsKey(RelayPodManifest.AssignedUsers) == true;
            await client.CoreV1.CreateNamespacedPodAsync(
                RelayPodManifest.Create(spec, assigned), spec.Namespace, cancellationToken: cancellationToken);
            return pod;
        }
        catch (HttpOperationException exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The relay pod '{pod.Name}' could not be created in namespace '{spec.Namespace}': {exception.Response.Content}. "
                + "The credentials need 'create' on 'pods' there, and admission must accept a pod that satisfies Pod Security "
                + "'restricted'.",
                exception);
        }
    }

    /// <summary>Deletes the pod. Harmless when it is gone already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _lifetime.CancelAsync();
        using var limit = new CancellationTokenSource(RemovalLimit);
        try
        {
            await _client.CoreV1.DeleteNamespacedPodAsync(Name, _spec.Namespace, gracePeriodSeconds: 0, cancellationToken: limit.Token);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone with its namespace, or removed by hand: that is the goal.
        }
        catch (Exception exception) when (exception is HttpOperationException or HttpRequestException or OperationCanceledException)
        {
            RemovalProblem = $"Relay pod '{Name}' could not be deleted from namespace '{_spec.Namespace}': {exception.Message}";
        }
    }

    /// <summary>Waits until the pod runs, and gives what it takes to run commands in it.</summary>
    /// <exception cref="NotConnectedException">It does not run.</exception>
    internal async Task<ReachPod> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pod = await _ready.Value.WaitAsync(cancellationToken);
            return new ReachPod(new PodContainer(_spec.Namespace, Name, RelayPodManifest.Container), pod.Status.PodIP);
        }
        catch (WaitFailedException exception)
        {
            throw new NotConnectedException($"Relay pod '{Name}' does not work: {exception.Message}", exception);
        }
    }

    /// <summary>Carries out exchanges in one exec.</summary>
    /// <exception cref="NotConnectedException">The relay itself does not work; nothing was sent to any endpoint.</exception>
    internal async Task<IReadOnlyList<RelayAnswer>> CarryOutAsync(
        IReadOnlyList<RelayExchange> exchanges, CancellationToken cancellationToken)
    {
        try
        {
            await _ready.Value.WaitAsync(cancellationToken);
            var batch = string.Create(CultureInfo.InvariantCulture, $"batch-{Interlocked.Increment(ref _batches)}");
            var target = new PodContainer(_spec.Namespace, Name, RelayPodManifest.Container);
            var result =
                await _executor.ExecuteAsync(ExecRequest.FromScript(target, RelayScript.Write(batch, exchanges)), cancellationToken);
            return result.ExitCode == RelayScript.NoClient
                ? throw new NotConnectedException(
                    $"The image '{_spec.Image}' of relay pod '{Name}' has neither 'nc' nor bash, so nothing can be reached from it.")
                : RelayOutput.Parse(result.ThrowOnFailure("reach endpoints over the pod network").OutputBytes, exchanges.Count);
        }
        catch (Exception exception) when (exception is PodExecException or WaitFailedException or FormatException)
        {
            throw new NotConnectedException($"Relay pod '{Name}' does not work: {exception.Message}", exception);
        }
    }

    private Task<V1Pod> WaitUntilReadyAsync(Wait wait, CancellationToken cancellationToken) => wait.UntilAsync(
        new WaitGoal(
            $"relay pod '{Name}' to run",
            _spec.StartLimit,
            TimeSpan.FromMilliseconds(100),
            $"Look at it with kubectl -n {_spec.Namespace} describe pod {Name}.") { GrowsWithTimeout = true },
        LookAsync,
        cancellationToken);

    private async Task<Sighting<V1Pod>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pod = await _client.CoreV1.ReadNamespacedPodAsync(Name, _spec.Namespace, cancellationToken: cancellationToken);
            var state = pod.Status?.ContainerStatuses?.FirstOrDefault()?.State;
            return state switch
            {
                { Running: not null } => new Sighting<V1Pod>.Reached(pod),
                { Waiting: { Reason: "ErrImageNeverPull" or "InvalidImageName" or "CreateContainerConfigError" } waiting } =>
                    new Sighting<V1Pod>.Hopeless($"its container is waiting ({waiting.Reason}: {waiting.Message})"),
                { Waiting: { } waiting } => new Sighting<V1Pod>.NotYet($"its container is waiting ({waiting.Reason ?? "no reason"})"),
                _ => new Sighting<V1Pod>.NotYet($"phase {pod.Status?.Phase ?? "unknown"}"),
            };
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return new Sighting<V1Pod>.Hopeless("there is no such pod any more");
        }
    }
}
