using System.Text.RegularExpressions;
using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>What is mounted into the server, by the chart and by the user, and which paths the release uses.</summary>
/// <param name="values">The user's values.</param>
/// <param name="mode">Which configuration is in use.</param>
/// <param name="config">That configuration.</param>
/// <param name="written">Paths that the server writes to although no values name them: files of audit devices.</param>
internal sealed partial class MountedPaths(FixMap values, ChartMode mode, string config, IReadOnlyList<string> written)
{
    private const string MountPath = "mountPath";
    private static readonly string[] Places = ["volumes", "volumeMounts", "extraVolumes", "dataStorage", "auditStorage"];

    /// <summary>Why nothing can be mounted at a path; null when something can.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isReadOnly">True when nothing could be created below it.</param>
    public string? FindObstacle(string path, bool isReadOnly)
    {
        var mount = ListOthers().Concat(ListNested())
            .FirstOrDefault(mount => PathText.IsBelow(path, mount.Path) || (isReadOnly && PathText.IsBelow(mount.Path, path))
                || (PathText.AreSame(mount.Path, path) && !mount.IsOwn));
        return mount.By is not null
            ? $"{mount.By} mounts {PathText.Normalize(mount.Path)}"
            : ChartNames.OfImage.Contains(path) && isReadOnly ? FindWriter(path) : null;
    }

    /// <summary>Folders of the image that no change may close, and why, in sentences.</summary>
    public IReadOnlyList<string> ListOpen() => [.. ChartNames.OfImage
        .Select(path => (Path: path, Obstacle: FindObstacle(path, isReadOnly: true)))
        .Where(open => open.Obstacle is not null)
        .Select(open => $"{open.Path} is left as it is, because {open.Obstacle}.")];

    /// <summary>A file or folder that the server writes and that is on no volume; null when there is none.</summary>
    public string? FindUnmounted() => mode.IsDevelopment ? null : Written.Matches(config).Select(match => match.Groups["path"].Value)
        .Concat(written)
        .Concat(new ListenerText(config).Sockets)
        .Concat(LogFile.Matches(ReadText("extraArgs") ?? string.Empty).Select(match => match.Groups["path"].Value))
        .FirstOrDefault(path => !ListWritable().Any(folder => PathText.AreSame(path, folder) || PathText.IsBelow(path, folder)));

    private IEnumerable<string> ListWritable() =>
    [
        .. ChartNames.OfImage, .. ChartNames.Mounted, "/tmp", "/dev", .. ListStorage().Select(mount => mount.Path),
        .. ListItems("volumeMounts").Select(mount => Read(mount, MountPath)).OfType<string>(),
    ];

    // What the image has there is in the way, but what the user keeps there is not.
    private string? FindWriter(string path) => ListItems("volumeMounts").Any(
            mount => Read(mount, MountPath) is { } own && PathText.AreSame(own, path) && !IsReadOnly(path))
        ? $"server.volumeMounts mounts {path}"
        : FindUse(path) is { } user ? $"{user} uses {path}"
        : written.FirstOrDefault(file => PathText.AreSame(file, path) || PathText.IsBelow(file, path)) is { } log
            ? $"an audit device writes to {log}" : null;

    private bool IsReadOnly(string path) => ListItems("volumeMounts").Any(
        mount => Read(mount, MountPath) is { } own && PathText.AreSame(own, path) && Read(mount, "readOnly") == "true");

    // What has to stay writable.
    private string? FindUse(string path)
    {
        var pattern = new Regex($@"(?<![\w.-]){Regex.Escape(path)}(?![\w.-])", RegexOptions.CultureInvariant);
        return ListTexts(config).Any(pattern.IsMatch)
            ? "the server's configuration"
            : (values.Find("server") as FixMap)?.Entries
                .Where(entry => !Places.Contains(entry.Key) && !IsConfig(entry.Key) && Mentions(entry.Value, pattern))
                .Select(entry => $"server.{entry.Key}")
                .FirstOrDefault();
    }

    private static bool IsConfig(string key) => key is "standalone" or "ha";

    private IEnumerable<(string Path, string By, bool IsOwn)> ListOthers() =>
    [
        .. ListStorage().Select(mount => (mount.Path, mount.By, IsOwn: false)),
        .. ChartNames.Mounted.Select(path => (path, "the chart", IsOwn: false)),
        .. ListItems("extraVolumes").Select(volume => (
            Path: $"{Read(volume, "path") ?? ChartNames.UserConfig}/{Read(volume, "name")}", By: "server.extraVolumes", IsOwn: false)),
    ];

    // A file that is mounted alone has its own treatment.
    private IEnumerable<(string Path, string By, bool IsOwn)> ListNested() => ListItems("volumeMounts")
        .Where(mount => mount.Find("subPath") is null && Read(mount, MountPath) is not null)
        .Select(mount => (Read(mount, MountPath)!, "server.volumeMounts", true));

    private IEnumerable<(string Path, string By)> ListStorage()
    {
        if (mode.HasClaims && IsPossible("dataStorage", isUsual: true))
        {
            yield return (ReadPath("dataStorage") ?? ChartNames.Data, "server.dataStorage");
        }

        if (IsPossible("auditStorage", isUsual: false))
        {
            yield return (ReadPath("auditStorage") ?? ChartNames.Audit, "server.auditStorage");
        }
    }

    // What is neither on nor off is taken for on.
    private bool IsPossible(string storage, bool isUsual)
    {
        try
        {
            return values.FindAt("server", storage, "enabled") is null or FixText { IsNothing: true }
                ? isUsual
                : ChartMode.IsOn(values, "server", storage, "enabled");
        }
        catch (UnsafeFixException)
        {
            return true;
        }
    }

    private string? ReadPath(string storage) =>
        values.FindAt("server", storage, MountPath) is FixText { IsNothing: false } path ? path.Text : null;

    // What a comment mentions is not used.
    private static IEnumerable<string> ListTexts(string config)
    {
        try
        {
            return [.. HclLexer.ReadTokens(config).Where(token => token.Kind != HclTokenKind.Comment).Select(token => token.Text)];
        }
        catch (HclSyntaxException)
        {
            return [config];
        }
    }

    private static bool Mentions(FixNode node, Regex pattern) => node switch
    {
        FixText text => pattern.IsMatch(text.Text),
        FixList list => list.Items.Any(item => Mentions(item, pattern)),
        FixMap map => map.Entries.Any(entry => !Places.Contains(entry.Key) && Mentions(entry.Value, pattern)),
        _ => false,
    };

    private string? ReadText(string key) => (values.FindAt("server", key) as FixText)?.Text;

    private IEnumerable<FixMap> ListItems(string key) => (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? Read(FixMap map, string key) => map.Find(key) is FixText { IsNull: false } text ? text.Text : null;

    [GeneratedRegex(
        @"(?m)^(?!\s*(#|//)).*?\b(path|log_file|pid_file|file_path)""?\s*[=:]\s*""(?<path>/[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Written { get; }

    [GeneratedRegex(@"-log-file[= ]""?(?<path>/[^\s""]+)", RegexOptions.CultureInvariant)]
    private static partial Regex LogFile { get; }
}
