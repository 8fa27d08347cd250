using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using VaultConformance.Reporting.Json;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Bundles;

/// <summary>Writes bundles. The same parts give the same bytes: entries are sorted, times fixed, JSON is canonical.</summary>
public static class BundleWriter
{
    private const int PlainFile = unchecked((int)0x81A40000);
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a bundle; the file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="about">Run, program and time; its parts are ignored, they follow from <paramref name="parts"/>.</param>
    /// <param name="parts">All parts but the manifest; JSON in any form.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="BundleException">The parts make no bundle that could be read again.</exception>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static async Task WriteAsync(
        string path, BundleManifest about, IEnumerable<BundlePart> parts, CancellationToken cancellationToken) =>
        await ReportFile.WriteAsync(path, WriteBytes(path, about, parts), cancellationToken);

    /// <summary>The bytes of a bundle.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="about">Run, program and time.</param>
    /// <param name="parts">All parts but the manifest; JSON in any form.</param>
    /// <exception cref="BundleException">The parts make no bundle that could be read again.</exception>
    public static byte[] WriteBytes(string name, BundleManifest about, IEnumerable<BundlePart> parts)
    {
        List<BundlePart> stored = [.. parts.Select(part => Store(name, part)).OrderBy(part => part.Path, StringComparer.Ordinal)];
        var manifest = about with { Parts = [.. stored.Select(CreateEntry)] };
        var bytes = WriteZip([new BundlePart(BundleLayout.Manifest, BundleJson.Write(manifest)), .. stored]);
        // What cannot be read is not written: the reader's rules are the only ones.
        BundleReader.Read(name, bytes);
        return bytes;
    }

    private static BundlePart Store(string name, BundlePart part)
    {
        if (BundleLayout.GetMediaType(part.Path) != BundleMediaTypes.Json)
        {
            return part;
        }

        try
        {
            return part with { Content = CanonicalJson.Write(part.Content) };
        }
        catch (JsonException exception)
        {
            throw BundleException.Refused(name, $"part '{part.Path}' is not JSON that can be kept: {exception.Message}", exception);
        }
    }

    private static BundleEntry CreateEntry(BundlePart part) => new(
        part.Path, Convert.ToHexStringLower(SHA256.HashData(part.Content.Span)), part.Content.Length, BundleLayout.GetMediaType(part.Path));

    private static byte[] WriteZip(IEnumerable<BundlePart> parts)
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts.OrderBy(part => part.Path, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(part.Path, CompressionLevel.Optimal);
                entry.LastWriteTime = EntryTime;
                entry.ExternalAttributes = PlainFile;
                using var stream = entry.Open();
                stream.Write(part.Content.Span);
            }
        }

        return output.ToArray();
    }
}
