using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>Which facts about files and mounts a change mends.</summary>
internal static partial class FilesystemClaims
{
    private const string MountPath = "mountPath";
    private static readonly string[] OfRoot =
        ["readOnlyRootFilesystem of container vault", "mount of /", "directories of the image that Vault can write"];

    /// <summary>True when it mends the fact.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="control">The control.</param>
    /// <param name="finding">The fact.</param>
    public static bool Mends(ClaimFacts facts, string control, Finding finding) => facts.IsOfServer(finding) && control switch
    {
        "FS-1" => HasReadOnlyRoot(facts) && OfRoot.Contains(finding.Fact),
        "FS-2" => MendsWriting(facts, finding),
        "FS-4" => MendsKey(facts, finding),
        _ => false,
    };

    private static bool HasReadOnlyRoot(ClaimFacts facts) => facts.ReadContainer("readOnlyRootFilesystem") == "true";

    private static bool MendsWriting(ClaimFacts facts, Finding finding)
    {
        if (finding.Fact == "directories that Vault can write")
        {
            return finding.Actual.StartsWith("also ", StringComparison.Ordinal)
                && finding.Actual["also ".Length..].Split(", ").All(path => IsClosed(facts, path));
        }

        return Mount.Match(finding.Fact) is { Success: true } mount ? IsReadOnly(facts, mount.Groups["path"].Value)
            : EmptyDir.Match(finding.Fact) is { Success: true } volume && facts.List("volumes").Any(item =>
                ClaimFacts.ReadItem(item, "name") == volume.Groups["name"].Value
                    && ClaimFacts.ReadItem(item, "emptyDir", "sizeLimit") is not null);
    }

    // What lies on the image's own file system is closed with it; a mount only by a mount that is read-only.
    private static bool IsClosed(ClaimFacts facts, string path) => ChartNames.OfImage.Contains(path)
        ? IsReadOnly(facts, path)
        : HasReadOnlyRoot(facts) && !facts.List("volumeMounts").Any(mount => ClaimFacts.ReadItem(mount, MountPath) is { } own
            && (PathText.AreSame(path, own) || PathText.IsBelow(path, own))) && !IsStorage(facts, path);

    private static bool IsStorage(ClaimFacts facts, string path)
    {
        string[] storage =
        [
            facts.Read("dataStorage", MountPath) ?? ChartNames.Data, facts.Read("auditStorage", MountPath) ?? ChartNames.Audit,
            ChartNames.Home,
        ];
        return Array.Exists(storage, own => PathText.AreSame(path, own) || PathText.IsBelow(path, own));
    }

    private static bool IsReadOnly(ClaimFacts facts, string path) => facts.List("volumeMounts").Any(mount =>
        ClaimFacts.ReadItem(mount, MountPath) is { } own && PathText.AreSame(own, path)
            && ClaimFacts.ReadItem(mount, "readOnly") == "true");

    private static bool MendsKey(ClaimFacts facts, Finding finding)
    {
        if (Key.Match(finding.Fact) is not { Success: true } key)
        {
            return false;
        }

        var (fact, path) = (key.Groups["fact"].Value, key.Groups["path"].Value);
        var mount = facts.List("volumeMounts").FirstOrDefault(mount => mount.Find("subPath") is null
            && ClaimFacts.ReadItem(mount, MountPath) is { } own && PathText.IsBelow(path, own));
        var volume = facts.List("volumes").FirstOrDefault(item => mount is not null
            && ClaimFacts.ReadItem(item, "name") == ClaimFacts.ReadItem(mount, "name"));
        return fact switch
        {
            "mode of " =>
                (volume is not null && !HasOwnModes(volume) && ClaimFacts.ReadItem(volume, "secret", "defaultMode") is "256" or "0400")
                    || facts.List("extraVolumes").Any(item => ClaimFacts.ReadItem(item, "defaultMode") == "256" && PathText.IsBelow(
                        path, $"{ClaimFacts.ReadItem(item, "path") ?? ChartNames.UserConfig}/{ClaimFacts.ReadItem(item, "name")}")),
            "subPath of the mount under " => mount is not null,
            "mount under " => mount is not null && volume?.Find("secret") is not null && ClaimFacts.ReadItem(mount, "readOnly") == "true",
            _ => false,
        };
    }

    // An item's mode wins over that of its volume.
    private static bool HasOwnModes(FixMap volume) => volume.FindAt("secret", "items") is FixList items
        && items.Items.Any(item => item is FixMap map && map.Find("mode") is not null);

    [GeneratedRegex(@"^writable mount (?<path>\S+), not on the allow-list$", RegexOptions.CultureInvariant)]
    private static partial Regex Mount { get; }

    [GeneratedRegex(@"^sizeLimit of emptyDir (?<name>\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyDir { get; }

    [GeneratedRegex(
        @"^(declared )?(?<fact>mode of |mount under |subPath of the mount under )(?<path>/\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Key { get; }
}
