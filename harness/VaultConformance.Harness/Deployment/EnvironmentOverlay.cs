using System.Text.Json.Nodes;
using VaultConformance.Harness.Facts;
using YamlDotNet.Serialization;

namespace VaultConformance.Harness.Deployment;

/// <summary>Values that the harness must add so that the release can run on this cluster at all. Recorded and reported, never silent.</summary>
/// <param name="Yaml">The values; empty when nothing is needed.</param>
/// <param name="Reasons">Why, one sentence each.</param>
internal sealed record EnvironmentOverlay(string Yaml, IReadOnlyList<string> Reasons)
{
    /// <summary>What this release needs on this cluster.</summary>
    /// <param name="release">The release as rendered from the user's values.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="vaultImage">Server image to use instead; null to leave it.</param>
    internal static EnvironmentOverlay For(RenderedRelease release, ClusterFacts cluster, string? vaultImage)
    {
        var server = new Dictionary<string, object>();
        var reasons = new List<string>();
        if (vaultImage is not null)
        {
            var (repository, tag) = SplitImage(vaultImage);
            server["image"] = new Dictionary<string, object> { ["repository"] = repository, ["tag"] = tag, ["pullPolicy"] = "IfNotPresent" };
            reasons.Add($"server.image: '{vaultImage}' was chosen for this run.");
        }

        if (cluster.Nodes.Count > 0 && release.Replicas > cluster.Nodes.Count && RequiresSpread(release.PodSpec))
        {
            server["affinity"] = string.Empty;
            reasons.Add(FormattableString.Invariant(
                $"server.affinity: {release.Replicas} servers must run on {cluster.Nodes.Count} node(s), so that spreading them is not tested."));
        }

        if (cluster.Capabilities.TryGetValue(CapabilityNames.PolicyV1, out var policy) && policy.Available == false && UsesPolicyV1(release))
        {
            server["ha"] = new Dictionary<string, object> { ["disruptionBudget"] = new Dictionary<string, object> { ["enabled"] = false } };
            reasons.Add($"server.ha.disruptionBudget.enabled: Kubernetes {cluster.ServerVersion} has no policy/v1.");
        }

        return server.Count == 0
            ? new EnvironmentOverlay(string.Empty, [])
            : new EnvironmentOverlay(new SerializerBuilder().Build().Serialize(new Dictionary<string, object> { ["server"] = server }), reasons);
    }

    // The chart writes repository:tag, so that a digest stays with the tag.
    private static (string Repository, string Tag) SplitImage(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var colon = image.LastIndexOf(':', digest < 0 ? image.Length - 1 : digest);
        return colon > image.LastIndexOf('/')
            ? (image[..colon], image[(colon + 1)..])
            : throw new HarnessException(FailureKind.Configuration, $"Image '{image}' has no tag. Give --vault-image repository:tag, optionally with @sha256:….");
    }

    private static bool RequiresSpread(JsonObject podSpec) =>
        podSpec["affinity"]?["podAntiAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"] is JsonArray { Count: > 0 };

    private static bool UsesPolicyV1(RenderedRelease release) =>
        release.OfKind("PodDisruptionBudget").Any(budget => budget["apiVersion"]?.GetValue<string>() == "policy/v1");
}
