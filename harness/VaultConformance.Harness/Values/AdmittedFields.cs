using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Autorest;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Compares what was rendered with what the cluster made of it. An API server drops a field that it does not know, without a word: the
/// release installs, and the setting is not there.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="releaseNamespace">Namespace of the release.</param>
internal sealed class AdmittedFields(IKubernetes client, string releaseNamespace)
{
    private readonly Dictionary<string, IReadOnlyList<k8s.Models.V1APIResource>> _served = new(StringComparer.Ordinal);

    /// <summary>The fields of the rendered objects that the objects in the cluster do not have, as <c>Kind/name: path</c>.</summary>
    /// <param name="rendered">What was installed.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The fields; null when not every object could be read.</returns>
    public async Task<IReadOnlySet<string>?> ListAbsentAsync(IReadOnlyList<JsonObject> rendered, CancellationToken cancellationToken)
    {
        var absent = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var item in rendered.Select(content => new ManifestObject(content, Source: null)).Where(item => !item.IsHook))
            {
                var plain = (JsonObject)item.Content.DeepClone();
                Drop(plain);
                absent.UnionWith(RenderedDifference.ListMissing(
                    item.ToString(), plain, await ReadAsync(item, cancellationToken)));
            }
        }
        catch (HttpOperationException)
        {
            return null;
        }

        return absent;
    }

    private async Task<JsonObject> ReadAsync(ManifestObject item, CancellationToken cancellationToken)
    {
        var (group, version) = item.ApiVersion.Split('/') is [var first, var second] ? (first, second) : (string.Empty, item.ApiVersion);
        var resource = (await ListServedAsync(group, version, cancellationToken))
            .FirstOrDefault(served => served.Kind == item.Kind && !served.Name.Contains('/', StringComparison.Ordinal));
        if (resource is null)
        {
            return [];
        }

        using var objects = new GenericClient(client, group, version, resource.Name, disposeClient: false);
        try
        {
            var found = resource.Namespaced
                ? await objects.ReadNamespacedAsync<AnyObject>(
                    item.Content["metadata"]?["namespace"]?.ToString() ?? releaseNamespace, item.Name, cancellationToken)
                : await objects.ReadAsync<AnyObject>(item.Name, cancellationToken);
            return found.ToJson();
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<k8s.Models.V1APIResource>> ListServedAsync(
        string group, string version, CancellationToken cancellationToken)
    {
        var key = $"{group}/{version}";
        if (!_served.TryGetValue(key, out var served))
        {
            var resources = group.Length == 0
                ? await client.CoreV1.GetAPIResourcesAsync(cancellationToken)
                : await client.CustomObjects.GetAPIResourcesAsync(group, version, cancellationToken);
            _served[key] = served = [.. resources.Resources];
        }

        return served;
    }

    // Text of a Secret that was given in the clear is kept in another member.
    private static void Drop(JsonObject item)
    {
        item.Remove("stringData");
        item.Remove("status");
    }

    private sealed class AnyObject : IKubernetesObject
    {
        [JsonPropertyName("apiVersion")]
        public string ApiVersion { get; set; } = string.Empty;

        [JsonPropertyName("kind")]
        public string Kind { get; set; } = string.Empty;

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Members { get; set; } = [];

        public JsonObject ToJson()
        {
            var item = new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = Kind };
            foreach (var (name, value) in Members)
            {
                item[name] = JsonNode.Parse(value.GetRawText());
            }

            return item;
        }
    }
}
