using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>One object that a chart rendered.</summary>
/// <param name="Content">The object.</param>
/// <param name="Source">Template it came from as Helm names it, e.g. <c>vault/templates/server-service.yaml</c>; null when unknown.</param>
internal sealed record ManifestObject(JsonObject Content, string? Source)
{
    private const string HookAnnotation = "helm.sh/hook";

    /// <summary>Group and version.</summary>
    public string ApiVersion => ToText(Content["apiVersion"]);

    public string Kind => ToText(Content["kind"]);

    public string Name => ToText(Content["metadata"]?["name"]);

    /// <summary>Labels; empty when none.</summary>
    public IReadOnlyDictionary<string, string> Labels => Map("labels");

    /// <summary>True when Helm runs the object as a hook instead of keeping it as part of the release.</summary>
    public bool IsHook => Map("annotations").ContainsKey(HookAnnotation);

    /// <summary>Kind and name, as messages and reports show it.</summary>
    public override string ToString() => $"{Kind}/{Name}";

    private Dictionary<string, string> Map(string field) =>
        Content["metadata"]?[field] is JsonObject map ? map.ToDictionary(entry => entry.Key, entry => ToText(entry.Value)) : [];

    private static string ToText(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "";
}
