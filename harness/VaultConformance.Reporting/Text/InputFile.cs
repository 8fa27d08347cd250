using System.Text;
using VaultConformance.Files;

namespace VaultConformance.Reporting.Text;

/// <summary>Reads small text files that a user wrote. Whatever cannot be one is refused before anything tries to understand it.</summary>
internal static class InputFile
{
    /// <summary>Largest size of a file: 1 MiB. Nobody writes a longer one by hand.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="IOException">
    /// It is not there, cannot be read, is too large or is no text; the message goes on after "cannot be read:".
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new IOException(Directory.Exists(path) ? "it is a folder, not a file." : "it does not exist.");
        }

        RegularFile.Require(path);
        // The length is not asked for, because devices say that they have none.
        var buffer = new byte[MaximumBytes + 1];
        await using var stream = File.OpenRead(path);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaximumBytes ? Decode(buffer.AsSpan(0, length)) : throw new IOException("it is larger than 1 MiB.");
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Encoding.GetString(bytes).TrimStart('\uFEFF');
            return text.Contains('\0', StringComparison.Ordinal) ? throw new IOException("it is not text: it holds NUL characters.") : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw new IOException("it is not text in UTF-8.", exception);
        }
    }
}
