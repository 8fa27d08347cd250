namespace VaultConformance.Runs.Clean;

/// <summary>
/// Folders for temporary files of runs that were killed. They hold kubeconfigs, and nothing else removes them.
/// </summary>
/// <param name="root">Folder of temporary files.</param>
internal sealed class LeftoverFolders(string root)
{
    /// <summary>What the names of such folders begin with.</summary>
    public const string Prefix = "vault-conformance-";

    /// <summary>File in the folder that names the process it belongs to.</summary>
    public const string OwnerFile = "process";

    /// <summary>True to remove nothing and only say what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Removes the folders whose process has ended.</summary>
    /// <returns>What was done, in lines.</returns>
    public IReadOnlyList<string> Remove()
    {
        var lines = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories(root, Prefix + "*").Where(IsLeft).Order(StringComparer.Ordinal))
        {
            if (!DryRun)
            {
                Directory.Delete(folder, recursive: true);
            }

            lines.Add(
                $"{(DryRun ? "would remove" : "removed")} temporary files of run {Path.GetFileName(folder)[Prefix.Length..]}");
        }

        return lines;
    }

    // Without a mark, or with one that cannot be read, it may be anybody's.
    private static bool IsLeft(string folder)
    {
        var file = Path.Combine(folder, OwnerFile);
        try
        {
            return File.Exists(file) && ProcessMark.TryParse(File.ReadAllText(file)) is { IsAlive: false };
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
