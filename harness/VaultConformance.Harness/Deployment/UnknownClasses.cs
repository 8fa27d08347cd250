using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Claims of the server pods for a StorageClass that the cluster does not have: the pods would stay Pending until time is over.
/// </summary>
internal static class UnknownClasses
{
    /// <summary>Says so before anything is installed.</summary>
    /// <param name="release">The release as it is installed.</param>
    /// <param name="classes">What a node of our own has.</param>
    /// <exception cref="HarnessException">There is such a claim.</exception>
    internal static void Refuse(RenderedRelease release, StorageClasses classes)
    {
        if (ListIn(release, classes) is not [var (claim, name), ..])
        {
            return;
        }

        var own = classes.Default ?? classes.Names.Order(StringComparer.Ordinal).FirstOrDefault() ?? "CLASS";
        throw new HarnessException(
            FailureKind.Configuration,
            $"{claim} of the server pods asks for StorageClass '{name}', which this node does not have (it has: {Write(classes)}), so that "
                + $"they would stay Pending. Let one of the node's stand for it with --storage-class-map {name}={own}, or give the class "
                + "or a volume of it with --prepare.");
    }

    /// <summary>The claims, each with its class.</summary>
    /// <param name="release">The release.</param>
    /// <param name="classes">What the cluster has.</param>
    internal static IReadOnlyList<(string Claim, string Class)> ListIn(RenderedRelease release, StorageClasses classes)
    {
        var volumes = (release.PodSpec["volumes"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var templates = (release.StatefulSet["spec"]?["volumeClaimTemplates"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(claim => ($"Claim '{RenderedRelease.GetName(claim)}'", FindClass(claim)));
        var ephemeral = volumes.Select(volume =>
            ($"Ephemeral volume '{volume["name"]}'", FindClass(volume["ephemeral"]?["volumeClaimTemplate"] as JsonObject)));
        var named = release.ListKind("PersistentVolumeClaim")
            .Where(claim => volumes.Exists(
                volume => volume["persistentVolumeClaim"]?["claimName"]?.ToString() == RenderedRelease.GetName(claim)))
            .Select(claim => ($"PersistentVolumeClaim '{RenderedRelease.GetName(claim)}'", FindClass(claim)));
        return
        [
            .. templates.Concat(ephemeral).Concat(named)
                .Where(claim => claim.Item2 is { Length: > 0 } name && !classes.Names.Contains(name))
                .Select(claim => (claim.Item1, claim.Item2!)),
        ];
    }

    private static string? FindClass(JsonObject? claim) => claim?["spec"]?["storageClassName"]?.ToString();

    private static string Write(StorageClasses classes) =>
        classes.Names.Count == 0 ? "none" : string.Join(", ", classes.Names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
}
