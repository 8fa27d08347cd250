using System.IO.Compression;
using System.Security.Cryptography;
using VaultConformance.Files;

namespace VaultConformance.Reporting.Bundles;

/// <summary>
/// Reads bundles into memory and believes nothing: every limit, name, size and hash is checked. Nothing is ever unpacked to disk.
/// </summary>
public static class BundleReader
{
    /// <summary>Reads a bundle.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BundleException">It cannot be read, or it is refused.</exception>
    public static Bundle Open(string path) => Open(path, BundleLimits.Default);

    /// <summary>Reads a bundle.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="BundleException">It cannot be read, or it is refused.</exception>
    public static Bundle Open(string path, BundleLimits limits)
    {
        try
        {
            RegularFile.Require(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return file.Length > limits.FileSize
                ? throw BundleException.Refused(path, $"it has {file.Length} bytes; at most {limits.FileSize} are allowed")
                : Read(path, BoundedStream.ReadAll(file, limits.FileSize, file.Length)
                    ?? throw BundleException.Refused(path, "it grew while it was read"), limits);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw BundleException.Unreadable(path, exception);
        }
    }

    /// <summary>Reads a bundle that is in memory.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="file">The whole file.</param>
    /// <exception cref="BundleException">It is refused.</exception>
    public static Bundle Read(string name, byte[] file) => Read(name, file, BundleLimits.Default);

    /// <summary>Reads a bundle that is in memory.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="BundleException">It is refused.</exception>
    public static Bundle Read(string name, byte[] file, BundleLimits limits)
    {
        if ((file.LongLength > limits.FileSize
            ? $"it has {file.Length} bytes; at most {limits.FileSize} are allowed"
            : ZipDirectory.ExplainRefusal(file, limits.Parts)) is { } reason)
        {
            throw BundleException.Refused(name, reason);
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            BundleEntries.Check(name, archive.Entries, limits);
            var parts = BundleEntries.Inflate(name, archive.Entries);
            var manifest = BundleContent.Check(name, parts);
            return new Bundle(
                name,
                Convert.ToHexStringLower(SHA256.HashData(file)),
                manifest,
                [.. parts.Where(part => part.Path != BundleLayout.Manifest)]);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            throw BundleException.Refused(name, $"it is damaged: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
