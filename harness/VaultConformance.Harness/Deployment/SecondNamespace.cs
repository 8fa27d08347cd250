using k8s;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network.Reach;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// A second namespace of the run with one small pod, from which the servers should not be reached, and which they should not reach. It is
/// created, owned and removed as the first one is.
/// </summary>
internal sealed class SecondNamespace : IDisposable
{
    private const string Ending = "-second";
    private const int LongestName = 63;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(75);

    private readonly NamespaceOwner _owner;
    private readonly HarnessServices _services;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task<RelayPod> _pod;

    private SecondNamespace(IKubernetes client, RelayPodSpec spec, HarnessServices services)
    {
        _services = services;
        _owner = new NamespaceOwner(client, spec.Namespace, spec.RunId, services.Wait);
        _pod = StartAsync(client, spec, _lifetime.Token);
    }

    /// <summary>Its name.</summary>
    /// <param name="first">The namespace of the release.</param>
    public static string CreateName(string first) => first[..Math.Min(first.Length, LongestName - Ending.Length)].TrimEnd('-') + Ending;

    /// <summary>Begins to create it, and returns at once.</summary>
    /// <param name="client">Client for the cluster; not owned.</param>
    /// <param name="spec">The pod.</param>
    /// <param name="services">Waits, and where to report.</param>
    public static SecondNamespace Open(IKubernetes client, RelayPodSpec spec, HarnessServices services) => new(client, spec, services);

    /// <summary>Waits until its pod runs.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">There is none, and why.</exception>
    public async Task<ReachPod> OpenPodAsync(CancellationToken cancellationToken) =>
        await (await _pod.WaitAsync(cancellationToken)).OpenAsync(cancellationToken);

    /// <summary>Removes it with everything in it. What cannot be removed becomes a notice.</summary>
    /// <param name="clusterIsThrownAway">True when the whole cluster goes, so that nothing has to be removed by itself.</param>
    public async Task RemoveAsync(bool clusterIsThrownAway)
    {
        await _lifetime.CancelAsync();
        // Whether it was created or not is seen below; here it only has to have ended.
        await _pod.ContinueWith(_ => { }, TaskScheduler.Default);
        if (!clusterIsThrownAway)
        {
            await RemoveNamespaceAsync();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lifetime.Dispose();

    private async Task RemoveNamespaceAsync()
    {
        using var limit = new CancellationTokenSource(RemovalLimit);
        try
        {
            await _owner.RemoveAsync(limit.Token);
        }
        catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
        {
            _services.Progress.ReportNotice("removal", $"The second namespace was not removed: {exception.Message}");
        }
    }

    private async Task<RelayPod> StartAsync(IKubernetes client, RelayPodSpec spec, CancellationToken cancellationToken)
    {
        await _owner.CreateAsync(cancellationToken);
        var goal = new WaitGoal(
            $"the default service account of namespace '{spec.Namespace}'", spec.StartLimit, Interval,
            "Check the controllers of the cluster.");
        await _services.Wait.UntilAsync(goal, token => LookAsync(client, spec.Namespace, token), cancellationToken);
        return await RelayPod.StartAsync(client, new PodExecutor(client), spec, _services.Time, cancellationToken);
    }

    // A pod is refused until its namespace has one.
    private static async Task<Sighting<string>> LookAsync(IKubernetes client, string name, CancellationToken cancellationToken)
    {
        try
        {
            var accounts = await client.CoreV1.ListNamespacedServiceAccountAsync(name, cancellationToken: cancellationToken);
            return accounts.Items.Any(account => account.Metadata.Name == "default")
                ? new Sighting<string>.Reached(name)
                : new Sighting<string>.NotYet("it is not there yet");
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            return new Sighting<string>.NotYet(ApiFailure.DescribeReason(exception));
        }
    }
}
