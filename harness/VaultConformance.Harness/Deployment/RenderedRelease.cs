using System.Globalization;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Deployment;

/// <summary>What the rendered objects tell before anything is installed.</summary>
/// <param name="Objects">The rendered objects.</param>
internal sealed record RenderedRelease(IReadOnlyList<JsonObject> Objects)
{
    /// <summary>The release that these objects make.</summary>
    internal static RenderedRelease From(RenderedManifests manifests) => new([.. manifests.Objects.Select(item => item.Content)]);

    /// <summary>The StatefulSet of the servers.</summary>
    /// <exception cref="HarnessException">There is none.</exception>
    internal JsonObject StatefulSet => ListKind("StatefulSet").FirstOrDefault(IsServer)
        ?? throw new HarnessException(
            FailureKind.Configuration,
            "The chart renders no StatefulSet with label component=server from these values, so there is no Vault server to test. Check "
                + "server.enabled, global.enabled and global.externalVaultAddr.");

    /// <summary>Number of servers.</summary>
    internal int Replicas => FindNumber(StatefulSet["spec"]?["replicas"]) ?? 1;

    /// <summary>Name of the headless Service of the servers.</summary>
    internal string HeadlessService => StatefulSet["spec"]?["serviceName"]?.GetValue<string>() ?? GetName(StatefulSet) + "-internal";

    /// <summary>Name of the StatefulSet: the chart's full name, from which all others are made.</summary>
    internal string FullName => GetName(StatefulSet);

    /// <summary>Spec of the server pods.</summary>
    internal JsonObject PodSpec => StatefulSet["spec"]?["template"]?["spec"] as JsonObject ?? [];

    internal JsonObject ServerContainer
    {
        get
        {
            var containers = (PodSpec["containers"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            return ServerProduct.FindServerContainer(containers, container => container["name"]?.GetValue<string>());
        }
    }

    /// <summary>Names of the Secrets that images are pulled with.</summary>
    internal IReadOnlyList<string> PullSecrets =>
        [.. (PodSpec["imagePullSecrets"] as JsonArray ?? []).Select(entry => entry?["name"]?.ToString()).OfType<string>()];

    /// <summary>API port of the server container.</summary>
    internal int ApiPort => (ServerContainer["ports"] as JsonArray ?? [])
        .OfType<JsonObject>()
        .Where(port => port["name"]?.ToString() is "http" or "https")
        .Select(port => FindNumber(port["containerPort"]))
        .FirstOrDefault() ?? 8200;

    /// <summary>Texts of all rendered ConfigMaps.</summary>
    internal IEnumerable<string> ConfigTexts => ListKind("ConfigMap")
        .SelectMany(map => (map["data"] as JsonObject ?? []).Select(entry => entry.Value?.GetValue<string>() ?? string.Empty));

    /// <summary>Objects of one kind.</summary>
    internal IEnumerable<JsonObject> ListKind(string kind) => Objects.Where(candidate => candidate["kind"]?.GetValue<string>() == kind);

    /// <summary>Name of an object.</summary>
    internal static string GetName(JsonObject item) => item["metadata"]?["name"]?.GetValue<string>() ?? string.Empty;

    // YAML numbers may be read as any numeric type.
    private static int? FindNumber(JsonNode? node) =>
        int.TryParse(node?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsServer(JsonObject statefulSet) =>
        statefulSet["spec"]?["template"]?["metadata"]?["labels"]?["component"]?.GetValue<string>() == "server";
}
