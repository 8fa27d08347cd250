using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Unseal keys, recovery keys and root tokens in the Secrets and ConfigMaps of the namespace.</summary>
public static class KeysInObjects
{
    private const string Material = "with unseal keys, recovery keys or a root token";

    /// <summary>Secrets and ConfigMaps that hold such material.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> Judge(AdmittedObjects objects) =>
    [
        .. JudgeNames(objects),
        Judgement.None($"Secrets {Material}", objects.Secrets.Where(secret => secret.HoldsUnsealMaterial).Select(secret => secret.Name))
            .Saying(found => $"Unseal keys, recovery keys or a root token are in a Secret: {found}."),
        Judgement.None($"ConfigMaps {Material}", objects.ConfigMaps.Where(map => Holds(map, objects)).Select(map => map.Metadata.Name))
            .Saying(found => $"Unseal keys, recovery keys or a root token are in a ConfigMap: {found}."),
    ];

    /// <summary>ConfigMaps whose entries are masked as a whole in evidence that does not tell what stood there.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeMasked(AdmittedObjects objects)
    {
        var unclear = objects.UnsealMaterial is not null ? [] : objects.ConfigMaps
            .SelectMany(map => ConfigMapEntries.List(map).Where(IsUnclear).Select(entry => $"{map.Metadata.Name}/{entry.Key}"))
            .ToList();
        return unclear.Count == 0 ? [] : [Judgement.Unknown(
            $"ConfigMaps {Material}", "none", $"{string.Join(", ", unclear)}: masked, and what stood there was not recorded")];
    }

    // Names of entries say what they are for, whatever was made of the values: 'vault-root', 'vault-unseal-0'.
    private static IEnumerable<Judgement> JudgeNames(AdmittedObjects objects)
    {
        var named = objects.Secrets.Where(secret => !secret.HoldsUnsealMaterial)
            .SelectMany(secret => secret.Keys.Where(UnsealMaterialText.IsNameOfMaterial).Select(key => $"{secret.Name}/{key}"))
            .ToList();
        return named.Count == 0 ? [] : [Judgement.Unknown(
            $"Secrets {Material}", "none", $"{string.Join(", ", named)}: called so, and what stands there was not taken for it")];
    }

    private static bool Holds(V1ConfigMap map, AdmittedObjects objects) =>
        ConfigMapEntries.HoldUnsealMaterial(map) || objects.UnsealMaterial?.Contains($"configmap/{map.Metadata.Name}") == true;

    private static bool IsUnclear(KeyValuePair<string, string> entry) =>
        Credentials.IsMasked(entry.Value)
            && !DeclaredVariables.IsConfiguration(entry.Key)
            && MaskedKeys.FindInVariable(entry.Key, entry.Value) != KeyTrace.None;
}
