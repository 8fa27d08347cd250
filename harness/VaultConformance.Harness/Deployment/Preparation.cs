using System.Text.Json.Nodes;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Puts in place what <c>--prepare</c> names, before the release: in the release's namespace, and on a node of our own for the whole
/// cluster too.
/// </summary>
/// <param name="cluster">Where.</param>
/// <param name="releases">Installs.</param>
/// <param name="options">What.</param>
/// <param name="redactor">Learns what stands in Secrets.</param>
internal sealed class Preparation(IKubernetesCluster cluster, HelmReleases releases, DeploymentOptions options, SecretRedactor redactor)
{
    private const string Definition = "CustomResourceDefinition";
    private static readonly string[] ConnectionEnds = ["unexpected EOF", "connection reset by peer", "connection refused"];
    private static readonly string[] SecretMembers = ["data", "stringData"];

    /// <summary>Puts it in place. It goes with the namespace, or with the node.</summary>
    /// <param name="access">What Helm must know about the cluster.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was prepared, for the report; null when nothing was.</returns>
    /// <exception cref="HarnessException">It may not be, or the cluster refuses it.</exception>
    internal async Task<string?> ApplyAsync(HelmClusterAccess access, CancellationToken cancellationToken)
    {
        List<ManifestObject> objects = [.. options.Prepare.SelectMany(path => PreparedObjects.Load(path).Objects)];
        if (objects.Count == 0)
        {
            return null;
        }

        await CheckAsync(objects, cancellationToken);
        objects.ForEach(Hide);
        // An object of a kind that is only defined here can follow its definition alone.
        await InstallAsync("definitions", [.. objects.Where(item => item.Kind == Definition)], access, cancellationToken);
        await InstallAsync("objects", [.. objects.Where(item => item.Kind != Definition)], access, cancellationToken);
        return $"prepared before the release (--prepare): {string.Join(", ", objects)}.";
    }

    private async Task CheckAsync(IReadOnlyList<ManifestObject> objects, CancellationToken cancellationToken)
    {
        var kinds = new ServedKinds(cluster.Client);
        foreach (var item in objects)
        {
            var given = item.Content["metadata"]?["namespace"]?.ToString();
            if (given is not null && given != options.Namespace)
            {
                throw CreateRefusal(
                    item,
                    $"it names namespace '{given}', and a run touches only its own, '{options.Namespace}'",
                    "Leave metadata.namespace out.");
            }

            var own = options.ClusterIsThrownAway || await kinds.IsNamespacedAsync(item, cancellationToken) == true;
            if (!own)
            {
                throw CreateRefusal(
                    item,
                    "it does not lie in a namespace, or the cluster does not know its kind, and on a cluster of someone else's a run "
                        + "touches only its own namespace",
                    "Create it yourself before the run, or leave it out.");
            }
        }
    }

    private async Task InstallAsync(
        string what, IReadOnlyList<ManifestObject> objects, HelmClusterAccess access, CancellationToken cancellationToken)
    {
        if (objects.Count == 0)
        {
            return;
        }

        var identity = new PatchedChartIdentity($"prepared-{what}", "1.0.0", "1.0.0", string.Empty);
        var folder = Path.Combine(options.WorkFolder, $"prepared-{options.Namespace}");
        var path = await PatchedChart.MaterialiseAsync(new RenderedManifests(objects), identity, folder, cancellationToken);
        try
        {
            var request = new ReleaseRequest($"prepared-{what}", options.Namespace, options.Chart with { Path = path }, []);
            await releases.InstallAsync(request, access, options.StepLimit, cancellationToken);
        }
        catch (HelmCommandException exception)
        {
            throw IsLostConnection(exception.Message)
                ? new HarnessException(
                    FailureKind.Environment,
                    "What --prepare names could not be put in place: the API server ended the connection while it created an object, "
                        + $"which is its own trouble. {exception.Message} "
                    + "Run again, or on a cluster with a newer Kubernetes.",
                    exception)
                : new HarnessException(
                    FailureKind.Configuration,
                    $"What --prepare names could not be put in place. {exception.Message} Correct the manifests.",
                    exception);
        }
    }

    /// <summary>True when Helm says that the connection ended and not that an object was refused.</summary>
    /// <param name="message">What Helm said.</param>
    internal static bool IsLostConnection(string message) => ConnectionEnds.Any(end => message.Contains(end, StringComparison.Ordinal));

    private void Hide(ManifestObject item)
    {
        if (item.Kind != "Secret")
        {
            return;
        }

        var values = SecretMembers.SelectMany(name => (item.Content[name] as JsonObject ?? []).Select(entry => entry.Value?.ToString()));
        foreach (var value in values.OfType<string>())
        {
            redactor.Register(new SecretText(value));
        }
    }

    private static HarnessException CreateRefusal(ManifestObject item, string reason, string advice) =>
        new(FailureKind.Configuration, $"{item} of --prepare cannot be used: {reason}. {advice}");
}
