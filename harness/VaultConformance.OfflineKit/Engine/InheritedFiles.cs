using System.Globalization;
using System.Runtime.InteropServices;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Files that the caller of this program left open in it: the lock of <c>flock</c>, the pipe of a job that waits for its end.</summary>
internal static class InheritedFiles
{
    private const string Folder = "/proc/self/fd";
    private const int SetFlags = 2;
    private const int CloseOnExec = 1;
    private const int FirstAfterStandard = 3;

    /// <summary>Closes them in every program that is started from now on. This program keeps them.</summary>
    /// <remarks>A daemon that outlives us would hold them for ever, and whoever waits for them would never go on.</remarks>
    public static void KeepFromChildren()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var name in Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName))
        {
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var descriptor) && descriptor >= FirstAfterStandard)
            {
                // One that is closed by now, for example that of this enumeration, needs nothing.
                _ = Control(descriptor, SetFlags, CloseOnExec);
            }
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
}
