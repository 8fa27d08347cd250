using System.Text;
using VaultConformance.Files;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes what a user asked for; it appears whole or not at all.</summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text as UTF-8; creates the folder when it is missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        WriteAsync(path, Encoding.GetBytes(text), cancellationToken);

    /// <summary>Writes bytes; creates the folder when it is missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.WriteAsync(path, content, cancellationToken);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ReportWriteException.For(path, exception);
        }
    }
}
