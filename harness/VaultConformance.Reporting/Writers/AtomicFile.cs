using System.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes files that appear whole or not at all.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text as UTF-8; creates the folder when it is missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken) => WriteAsync(path, Encoding.GetBytes(text), cancellationToken);

    /// <summary>Writes bytes; creates the folder when it is missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllBytesAsync(part, content, cancellationToken);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            RemovePart(part);
            throw ReportWriteException.For(path, exception);
        }
        catch (OperationCanceledException)
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
