using System.Formats.Tar;

namespace VaultConformance.Files;

/// <summary>
/// Tells files from pipes. Opening a pipe that nobody writes to waits for ever, and no signal ends it. This file is compiled into every
/// project that reads what a user names, for they share no other code.
/// </summary>
internal static class RegularFile
{
    /// <summary>Makes sure that a path can be read more than once.</summary>
    /// <param name="path">The path; one that is not there is left to whoever opens it.</param>
    /// <exception cref="IOException">It is a pipe.</exception>
    public static void Require(string path)
    {
        if (IsPipe(path))
        {
            throw new IOException("it is a pipe, which can be read only once. Write what comes out of it to a file, and name that.");
        }
    }

    /// <summary>True for a pipe, also behind links.</summary>
    /// <param name="path">The path.</param>
    public static bool IsPipe(string path)
    {
        // A pipe has no length, and neither have most files that are none.
        if (OperatingSystem.IsWindows() || !File.Exists(path) || new FileInfo(path).Length != 0)
        {
            return false;
        }

        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        return Path.GetFileName(target).StartsWith("pipe:[", StringComparison.Ordinal) || IsNamedPipe(target);
    }

    // An archive notes what sort of file it was given without opening a pipe, which nothing else in the library does.
    private static bool IsNamedPipe(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.Fifo;
    }
}
