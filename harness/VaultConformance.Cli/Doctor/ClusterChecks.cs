using k8s;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Cli.Doctor;

/// <summary>The API server of an existing cluster: its version, and what kind of cluster it is.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ClusterVersionCheck(ExistingCluster cluster) : ICheck
{
    /// <inheritdoc />
    public string Name => "cluster";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) =>
        CheckResult.Fine($"{cluster.Description}, Kubernetes {(await cluster.Client.Version.GetCodeAsync(cancellationToken)).GitVersion}");
}

/// <summary>Whether the credentials allow what a run does.</summary>
/// <param name="client">Talks to the cluster.</param>
internal sealed class ClusterRightsCheck(IKubernetes client) : ICheck
{
    /// <inheritdoc />
    public string Name => "rights";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var required = await ClusterRights.ListMissingAsync(client, ClusterRights.Required, cancellationToken);
        if (required.Count > 0)
        {
            return CheckResult.Missing($"{required.Count} rules are missing", $"Allow the account in all namespaces: {Join(required)}.");
        }

        var useful = await ClusterRights.ListMissingAsync(client, ClusterRights.Useful, cancellationToken);
        return useful.Count == 0
            ? CheckResult.Fine("everything that a run does is allowed")
            : CheckResult.Notable(
                "what every run needs is allowed",
                $"Some controls may be inconclusive, and some values may not install, without: {Join(useful)}.");
    }

    private static string Join(IEnumerable<ClusterRule> rules) => string.Join("; ", rules);
}

/// <summary>Whether volumes can be had.</summary>
/// <param name="client">Talks to the cluster.</param>
internal sealed class StorageClassCheck(IKubernetes client) : ICheck
{
    private static readonly string[] DefaultMarks =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

    /// <inheritdoc />
    public string Name => "storage";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var classes = (await client.StorageV1.ListStorageClassAsync(cancellationToken: cancellationToken)).Items;
        var names = string.Join(", ", classes.Select(item => item.Metadata.Name));
        var defaults = classes
            .Where(item => DefaultMarks.Any(mark => item.Metadata.Annotations?.TryGetValue(mark, out var on) == true && on == "true"))
            .Select(item => item.Metadata.Name)
            .ToList();
        return defaults.Count > 0
            ? CheckResult.Fine(
                $"{string.Join(", ", defaults)} (default){(classes.Count > defaults.Count ? $"; all: {names}" : string.Empty)}")
            : CheckResult.Notable(
                classes.Count == 0 ? "no storage class" : $"no default storage class; there are {names}",
                "Name a class in server.dataStorage.storageClass, or bring one with --prepare; without one the data volume is never "
                    + "bound.");
    }
}

/// <summary>What may keep pods out of a new namespace.</summary>
/// <param name="client">Talks to the cluster.</param>
internal sealed class PodSecurityCheck(IKubernetes client) : ICheck
{
    private const string OpenShift = "security.openshift.io";
    private const int FirstWithPodSecurity = 25;

    /// <inheritdoc />
    public string Name => "Pod Security";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var groups = await client.Apis.GetAPIVersionsAsync(cancellationToken);
        if (groups.Groups.Any(group => group.Name == OpenShift))
        {
            return CheckResult.Notable(
                "security context constraints of OpenShift", "They decide on users and capabilities: judge with --profile openshift.");
        }

        var version = await client.Version.GetCodeAsync(cancellationToken);
        return int.TryParse(version.Minor.TrimEnd('+'), out var minor) && minor < FirstWithPodSecurity
            ? CheckResult.Notable(
                $"not stable in Kubernetes {version.Major}.{version.Minor}",
                "PodSecurityPolicies or admission webhooks may decide instead; if pods are refused, the run says by whom.")
            : CheckResult.Fine("built in; the run's namespace gets the cluster's default level");
    }
}
