using k8s;
using k8s.Models;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Clusters;

/// <summary>A cluster is ready when it can take a release: node Ready, default service account, default storage class, DNS.</summary>
/// <param name="client">Client for the API server.</param>
/// <param name="wait">Waits.</param>
/// <param name="limit">Longest wait.</param>
/// <remarks>The log line that Testcontainers waits for says none of this.</remarks>
internal sealed class ClusterReadiness(IKubernetes client, Wait wait, TimeSpan limit)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the cluster is ready.</summary>
    /// <param name="progress">Where to report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WaitFailedException">It did not become ready.</exception>
    public async Task WaitAsync(IRunProgress progress, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal(
            "the cluster to be ready for a release",
            limit,
            Interval,
            "Run 'doctor' to check the machine; a slow one needs a longer --timeout.");
        var facts = await wait.UntilAsync(goal, LookAsync, cancellationToken);
        progress.Note("cluster", facts);
    }

    private async Task<Sighting<string>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var missing = await FindMissingAsync(cancellationToken);
            return missing is null
                ? new Sighting<string>.Reached("node Ready, default service account, storage class and DNS are there")
                : new Sighting<string>.NotYet(missing);
        }
        catch (Exception exception) when (exception is HttpRequestException or k8s.Autorest.HttpOperationException)
        {
            return new Sighting<string>.NotYet($"the API server does not answer yet: {exception.Message}");
        }
    }

    private async Task<string?> FindMissingAsync(CancellationToken cancellationToken)
    {
        var nodes = await client.CoreV1.ListNodeAsync(cancellationToken: cancellationToken);
        if (nodes.Items.Count == 0 || nodes.Items.Any(node => !IsReady(node)))
        {
            return nodes.Items.Count == 0 ? "no node" : string.Join("; ", nodes.Items.Select(Describe));
        }

        var accounts = await client.CoreV1.ListNamespacedServiceAccountAsync("default", cancellationToken: cancellationToken);
        if (accounts.Items.All(account => account.Metadata.Name != "default"))
        {
            return "no default service account";
        }

        var classes = await client.StorageV1.ListStorageClassAsync(cancellationToken: cancellationToken);
        return classes.Items.Any(IsDefault) ? await FindMissingDnsAsync(cancellationToken) : "no default storage class";
    }

    private async Task<string?> FindMissingDnsAsync(CancellationToken cancellationToken)
    {
        var endpoints = await client.CoreV1.ListNamespacedEndpointsAsync(
            "kube-system", fieldSelector: "metadata.name=kube-dns", cancellationToken: cancellationToken);
        var ready = endpoints.Items.SelectMany(item => item.Subsets ?? []).Any(subset => subset.Addresses is { Count: > 0 });
        return ready ? null : "the kube-dns Service has no ready endpoint";
    }

    private static bool IsReady(V1Node node) =>
        node.Status.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    private static string Describe(V1Node node)
    {
        var ready = node.Status.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return $"node '{node.Metadata.Name}' is not Ready ({ready?.Reason ?? "no status"}: {ready?.Message ?? "none"})";
    }

    private static bool IsDefault(V1StorageClass storageClass) =>
        storageClass.Metadata.Annotations?.TryGetValue("storageclass.kubernetes.io/is-default-class", out var value) == true
            && value == "true";
}
