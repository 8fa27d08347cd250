using System.Text;
using k8s.Models;

namespace VaultConformance.Harness.Secrets;

/// <summary>The entries of a ConfigMap, text and binary data alike.</summary>
internal static class ConfigMapEntries
{
    /// <summary>Names and texts of all entries.</summary>
    /// <param name="map">A ConfigMap.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> List(V1ConfigMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return
        [
            .. map.Data ?? new Dictionary<string, string>(),
            .. (map.BinaryData ?? new Dictionary<string, byte[]>())
                .Select(entry => KeyValuePair.Create(entry.Key, Encoding.UTF8.GetString(entry.Value))),
        ];
    }

    /// <summary>
    /// True when the entries hold unseal keys, recovery keys or a root token, or held them under a name that says so before they were
    /// masked.
    /// </summary>
    /// <param name="map">A ConfigMap.</param>
    public static bool HoldUnsealMaterial(V1ConfigMap map) =>
        UnsealMaterialText.IsIn(map.Metadata.Name, List(map))
            || (map.BinaryData ?? new Dictionary<string, byte[]>()).Keys.Any(UnsealMaterialText.IsNameOfMaterial);
}
