using System.Text;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>Configuration texts in the release's ConfigMaps.</summary>
internal static class ConfigMapTexts
{
    /// <summary>All of them, named by ConfigMap and key: text and binary data alike, in any case of letters.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IReadOnlyList<ConfigText> List(AdmittedObjects objects) =>
    [
        .. objects.ConfigMaps.SelectMany(map => ConfigMapEntries.List(map)
            .Where(entry => DeclaredVariables.IsConfiguration(entry.Key) && !IsEmptied(map, entry.Key))
            .Select(entry => new ConfigText($"configmap/{map.Metadata.Name}/{entry.Key}", entry.Value))),
    ];

    /// <summary>
    /// Configurations in binary data of which the evidence keeps no text: nothing, or only that a credential stood there.
    /// </summary>
    /// <param name="objects">The release's objects.</param>
    public static IReadOnlyList<(string Place, bool HeldCredential)> ListEmptied(AdmittedObjects objects) =>
    [
        .. objects.ConfigMaps.SelectMany(map => (map.BinaryData ?? new Dictionary<string, byte[]>())
            .Where(entry => DeclaredVariables.IsConfiguration(entry.Key) && IsEmptied(map, entry.Key))
            .Select(entry => ($"{map.Metadata.Name}/{entry.Key}", entry.Value.Length > 0))),
    ];

    /// <summary>Those that the chart rendered from the values.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IReadOnlyList<ConfigText> ListRenderedByChart(AdmittedObjects objects) =>
        [.. List(objects).Where(text => Path.GetFileName(text.Path).StartsWith("extraconfig-from-values.", StringComparison.Ordinal))];

    private static bool IsEmptied(V1ConfigMap map, string key) =>
        map.BinaryData?.TryGetValue(key, out var bytes) == true
            && (bytes.Length == 0 || Encoding.UTF8.GetString(bytes) == Credentials.Masked);
}
