namespace VaultConformance.Files;

/// <summary>
/// Writes files that appear whole or not at all. This file is compiled into every project that writes results or evidence, for they share
/// no other code.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes bytes; creates the folder when it is missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="IOException">It could not be written; no part of it is left.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllBytesAsync(part, content, cancellationToken);
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            RemovePart(part);
            throw;
        }
    }

    private static void RemovePart(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The write's own failure is on its way to the user and says more than this one.
        }
    }
}
