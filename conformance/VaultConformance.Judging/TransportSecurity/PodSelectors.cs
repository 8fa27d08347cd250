using System.Text.Json.Nodes;
using VaultConformance.Harness.Products;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether an object of another controller selects pods by their labels. Kinds differ in where they say so; what cannot be told counts as
/// selecting.
/// </summary>
/// <param name="pods">The pods.</param>
internal sealed class PodSelectors(IReadOnlyList<V1Pod> pods)
{
    private static readonly string[] Names = ["selector", "podSelector", "podSelectors", "workloadSelector", "endpointSelector"];

    /// <summary>True when a part of a specification selects one of the pods.</summary>
    /// <param name="node">The specification.</param>
    public bool AreIn(JsonNode? node) => node switch
    {
        JsonObject item =>
            item.Any(member => Array.Exists(Names, name => name.Equals(member.Key, StringComparison.OrdinalIgnoreCase))
                ? Selects(member.Value)
                : AreIn(member.Value)),
        JsonArray items => items.Any(AreIn),
        _ => false,
    };

    private bool Selects(JsonNode? selector) => selector switch
    {
        JsonObject item =>
            ((item["matchLabels"] ?? item["labels"]) as JsonObject ?? (item["matchExpressions"] is null ? item : null)) is not { } labels
                || pods.Any(pod => Matches(labels, pod)),
        JsonArray items => items.Any(Selects),
        JsonValue value => value.TryGetValue<string>(out var text) && text.Length > 0,
        _ => false,
    };

    // Servers change labels of their state themselves.
    private static bool Matches(JsonObject labels, V1Pod pod) => labels.All(label =>
        ServerProduct.IsStateLabel(label.Key)
            || (pod.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && label.Value?.ToString() == value));
}
