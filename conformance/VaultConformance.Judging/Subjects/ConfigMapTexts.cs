using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Subjects;

/// <summary>Configuration texts in the release's ConfigMaps.</summary>
internal static class ConfigMapTexts
{
    /// <summary>Keys that hold a server configuration: the chart's own, and whatever else is written in its languages.</summary>
    private static readonly string[] Endings = [".hcl", ".json"];

    /// <summary>All of them, named by ConfigMap and key.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IReadOnlyList<ConfigText> Of(AdmittedObjects objects) =>
    [
        .. objects.ConfigMaps.SelectMany(map => (map.Data ?? new Dictionary<string, string>())
            .Where(entry => Endings.Any(ending => entry.Key.EndsWith(ending, StringComparison.Ordinal)))
            .Select(entry => new ConfigText($"configmap/{map.Metadata.Name}/{entry.Key}", entry.Value))),
    ];

    /// <summary>Those that the chart rendered from the values.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IReadOnlyList<ConfigText> RenderedByChart(AdmittedObjects objects) =>
        [.. Of(objects).Where(text => Path.GetFileName(text.Path).StartsWith("extraconfig-from-values.", StringComparison.Ordinal))];
}
