namespace VaultConformance.Runs.Plan;

/// <summary>Tries an output folder before the run, so that minutes of work do not end at its door.</summary>
internal static class OutputFolder
{
    /// <summary>Why nothing can be written, or null. Leaves nothing behind.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    public static string? ExplainNotWritable(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            if (File.Exists(existing))
            {
                return $"'{existing}' is a file";
            }

            existing = parent;
        }

        try
        {
            var probe = Path.Combine(existing, $".vault-conformance-{Guid.NewGuid():N}");
            using var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            stream.WriteByte(0);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return $"no permission to write to '{existing}' (you are {Environment.UserName})";
        }
        catch (IOException exception)
        {
            // The name of the file that was tried says nothing to anyone.
            return exception is FileNotFoundException or DirectoryNotFoundException
                ? $"the folder '{existing}' cannot be written"
                : $"the folder '{existing}' cannot be written: {exception.Message.Split(" : '")[0].TrimEnd('.')}";
        }
    }
}
