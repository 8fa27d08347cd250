using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Values that the harness must add so that the release can run on this cluster at all. Recorded and reported, never silent.
/// </summary>
/// <param name="Yaml">
/// The values, as JSON, which every YAML reader takes and in which a text can be nothing else: a tag 1.10 is no number. Empty when nothing
/// is needed.
/// </param>
/// <param name="Reasons">Why, one sentence each.</param>
internal sealed record EnvironmentOverlay(string Yaml, IReadOnlyList<string> Reasons)
{
    /// <summary>What this release needs on this cluster.</summary>
    /// <param name="release">The release as rendered from the user's values.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="vaultImage">Server image to use instead; null to leave it.</param>
    /// <param name="splitRegistry">True where the chart takes the registry of the image by itself.</param>
    /// <param name="classes">StorageClasses of a node of our own; null where unknown ones are the user's business.</param>
    internal static EnvironmentOverlay CreateFor(
        RenderedRelease release, ClusterFacts cluster, string? vaultImage, bool splitRegistry = false, StorageClasses? classes = null)
    {
        var server = new Dictionary<string, object?>();
        var reasons = new List<string>();
        if (vaultImage is not null)
        {
            server["image"] = ImageReference.Parse(vaultImage).ToValues(splitRegistry);
            reasons.Add($"server.image: '{vaultImage}' was chosen for this run.");
        }

        if (cluster.Nodes.Count > 0 && release.Replicas > cluster.Nodes.Count && RequiresSpread(release.PodSpec))
        {
            server["affinity"] = string.Empty;
            reasons.Add(
                string.Create(CultureInfo.InvariantCulture, $"server.affinity: {release.Replicas} servers must run on "
                    + $"{cluster.Nodes.Count} node(s), so that spreading them is not tested."));
        }

        if (cluster.Capabilities.TryGetValue(CapabilityNames.PolicyV1, out var policy)
            && policy.Available == false
            && UsesPolicyV1(release))
        {
            server["ha"] = new Dictionary<string, object> { ["disruptionBudget"] = new Dictionary<string, object> { ["enabled"] = false } };
            reasons.Add($"server.ha.disruptionBudget.enabled: Kubernetes {cluster.ServerVersion} has no policy/v1.");
        }

        AddStorage(release, classes, server, reasons);
        return server.Count == 0
            ? new EnvironmentOverlay(string.Empty, [])
            : new EnvironmentOverlay(JsonSerializer.Serialize(new Dictionary<string, object> { ["server"] = server }), reasons);
    }

    // Without a class of its own a claim gets the cluster's default one; null takes away what the values say.
    private static void AddStorage(
        RenderedRelease release, StorageClasses? classes, Dictionary<string, object?> server, List<string> reasons)
    {
        if (classes is not { Default: { } own })
        {
            return;
        }

        foreach (var claim in (release.StatefulSet["spec"]?["volumeClaimTemplates"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (claim["spec"]?["storageClassName"]?.ToString() is { Length: > 0 } wanted && !classes.Names.Contains(wanted)
                && RenderedRelease.GetName(claim) is "data" or "audit")
            {
                var key = RenderedRelease.GetName(claim) + "Storage";
                server[key] = new Dictionary<string, object?> { ["storageClass"] = null };
                reasons.Add($"server.{key}.storageClass: this node has no StorageClass '{claim["spec"]?["storageClassName"]}', so that "
                    + $"its default '{own}' was used; name another one with --storage-class-map, or give it with --prepare.");
            }
        }
    }

    private static bool RequiresSpread(JsonObject podSpec) =>
        podSpec["affinity"]?["podAntiAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"] is JsonArray { Count: > 0 };

    private static bool UsesPolicyV1(RenderedRelease release) =>
        release.ListKind("PodDisruptionBudget").Any(budget => budget["apiVersion"]?.GetValue<string>() == "policy/v1");
}
