namespace VaultConformance.Runs.Clean;

/// <summary>What kept runs wrote down to be observed again: kubeconfigs and keys. It goes when what it opens is gone.</summary>
/// <param name="root">Folder of what was kept by all runs; need not exist.</param>
internal sealed class KeptFolders(string root)
{
    /// <summary>File that marks a folder whose cluster was started for the run, and so ends with its container.</summary>
    public const string ManagedMarker = "managed";

    /// <summary>True to remove nothing and only say what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Removes the folders of clusters that were started for a run and have no container any more.</summary>
    /// <param name="alive">Ids of the runs whose containers are still there.</param>
    /// <returns>What was done, in lines.</returns>
    public IReadOnlyList<string> RemoveWithoutContainer(IReadOnlyCollection<string> alive) =>
        Remove(run => File.Exists(Path.Combine(root, run, ManagedMarker)) && !alive.Contains(run));

    /// <summary>Removes the folders of runs whose namespaces were removed.</summary>
    /// <param name="runs">Ids of the runs.</param>
    /// <returns>What was done, in lines.</returns>
    public IReadOnlyList<string> RemoveOf(IReadOnlyCollection<string> runs) => Remove(runs.Contains);

    private List<string> Remove(Func<string, bool> isGone)
    {
        var lines = new List<string>();
        var folders = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        foreach (var run in folders.Select(folder => Path.GetFileName(folder)).Where(isGone).Order(StringComparer.Ordinal))
        {
            if (!DryRun)
            {
                Directory.Delete(Path.Combine(root, run), recursive: true);
            }

            lines.Add($"{(DryRun ? "would remove" : "removed")} kubeconfig and keys of kept run {run}");
        }

        return lines;
    }
}
