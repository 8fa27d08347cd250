using VaultConformance.Runs.Clean;

namespace VaultConformance.Runs.Engine;

/// <summary>Private folder for what a run must write to disk but nobody keeps: kubeconfig, overlay values, Helm's own files.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>Creates the folder, readable by this user only.</summary>
    /// <param name="runId">Id of the run.</param>
    public WorkFolder(string runId)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), LeftoverFolders.Prefix + runId);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(System.IO.Path.Combine(Path, LeftoverFolders.OwnerFile), ProcessMark.OfThisProcess.ToString());
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
