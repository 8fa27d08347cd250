using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Whether Vault could change its own binary or the configuration that it really loaded.</summary>
public static class OwnFiles
{
    private const string Expected = "neither writable nor replaceable by Vault";

    /// <summary>
    /// Judges the executable and every file named by <c>-config</c>; a check of the mounted ConfigMap would look at the wrong file.
    /// </summary>
    /// <param name="server">The server process.</param>
    /// <param name="files">The files that were checked.</param>
    /// <param name="mounts">Mounts of PID 1.</param>
    public static IEnumerable<Judgement> Judge(ProcessFacts server, FileFacts files, MountTable mounts) =>
    [
        .. JudgeExecutables(server, files.Files.Where(file => file.Purpose == "executable").ToList(), mounts),
        .. JudgeArguments(server),
        .. StartArguments.ListConfigPaths(server).SelectMany(path => JudgeLoaded(path, server, files, mounts)),
    ];

    private static IEnumerable<Judgement> JudgeExecutables(ProcessFacts server, List<FileEntry> executables, MountTable mounts)
    {
        var changeable = executables.Where(file => CanChange(file, server, mounts) == true).ToList();
        yield return executables.Count == 0
            ? Judgement.Unknown("executable of Vault", Expected, "it was not checked")
            : Judgement.None("executables that Vault can change", changeable.Select(DescribeText))
                .Saying(string.Join(' ', changeable.Select(DescribeChange)));
        foreach (var file in executables.Where(file => CanChange(file, server, mounts) is null))
        {
            yield return Judgement.Unknown($"executable {file.Path}", Expected, "it could not be tried");
        }

        if (server.Executable is { } running && executables.Count > 0 && executables.TrueForAll(file => file.Path != running))
        {
            yield return Judgement.Unknown(
                "executable of Vault",
                running,
                $"{string.Join(", ", executables.Select(file => file.Path))} was checked, which is not what runs");
        }
    }

    private static IEnumerable<Judgement> JudgeArguments(ProcessFacts server)
    {
        if (StartArguments.ListConfigPaths(server).Count == 0)
        {
            yield return StartArguments.IsDevelopment(server)
                ? Judgement.Irrelevant("loaded configuration", "the server is in development mode and was given no configuration file")
                : Judgement.Unknown("loaded configuration", Expected, "the command line names no -config");
        }
    }

    private static IEnumerable<Judgement> JudgeLoaded(string path, ProcessFacts server, FileFacts files, MountTable mounts)
    {
        var loaded = files.Files.Where(file => file.Purpose == "config" && StartArguments.IsAtOrBelow(file.Path, path)).ToList();
        if (loaded.Count > 0)
        {
            return loaded.Select(file => JudgeConfig(file, server, mounts));
        }

        var isEmptyFolder = files.Files.Any(
            file => file.Purpose == "config-folder" && file.Exists && StartArguments.IsAtOrBelow(file.Path, path));
        return
        [
            isEmptyFolder
                ? Judgement.Irrelevant($"loaded configuration {path}", "the folder holds no configuration file")
                : Judgement.Unknown($"loaded configuration {path}", Expected, "it was not checked"),
        ];
    }

    private static Judgement JudgeConfig(FileEntry file, ProcessFacts server, MountTable mounts)
    {
        var fact = $"loaded configuration {file.Path}";
        return CanChange(file, server, mounts) is { } change
            ? Judgement.Of(fact, !change, Expected, DescribeText(file)).Saying(DescribeChange(file))
            : Judgement.Unknown(fact, Expected, "it could not be tried");
    }

    // Whoever owns a file can make it writable, unless the file system forbids it.
    private static bool? CanChange(FileEntry file, ProcessFacts server, MountTable mounts)
    {
        if (!file.Exists)
        {
            return null;
        }

        var owned = file.OwnerUid is { } owner && server.Uids.Contains(owner) && mounts.FindHolding(file.Path) is { ReadOnly: false };
        return owned || file.WritableByServer == true || file.Replaceable == true
            ? true
            : file.WritableByServer is null || file.Replaceable is null ? null : false;
    }

    private static string DescribeChange(FileEntry file) => (file.WritableByServer == true, file.Replaceable == true) switch
    {
        (true, true) => $"{file.Path} is writable and replaceable by Vault{DescribeOwner(file)}.",
        (true, false) => $"{file.Path} is writable by Vault{DescribeOwner(file)}.",
        (false, true) => $"{file.Path} is replaceable by Vault{DescribeOwner(file)}.",
        _ => $"{file.Path} belongs to Vault's own user, who can make it writable{DescribeOwner(file)}.",
    };

    private static string DescribeOwner(FileEntry file) =>
        $" (owner {file.OwnerUid?.ToString() ?? "?"}:{file.OwnerGid?.ToString() ?? "?"}, mode {file.Mode ?? "?"})";

    private static string DescribeText(FileEntry file) =>
        $"{file.Path} (owner {file.OwnerUid?.ToString() ?? "?"}:{file.OwnerGid?.ToString() ?? "?"}, mode {file.Mode ?? "?"}, "
        + $"{(file.WritableByServer == true ? "writable" : "not writable")}, "
        + $"{(file.Replaceable == true ? "replaceable" : "not replaceable")})";
}
