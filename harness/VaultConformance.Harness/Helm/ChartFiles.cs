using System.Formats.Tar;
using System.IO.Compression;

namespace VaultConformance.Harness.Helm;

/// <summary>The files of a chart, whether it is a folder or an archive.</summary>
internal static class ChartFiles
{
    private const long LargestFile = 1024 * 1024;

    /// <summary>Reads them by their names below the chart's folder; files of more than a mebibyte are left out.</summary>
    /// <param name="path">Folder or archive of the chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The files; empty when the chart cannot be read.</returns>
    public static async Task<IReadOnlyList<ChartFile>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var files = new List<ChartFile>();
        try
        {
            await foreach (var file in File.Exists(path)
                ? ReadArchiveAsync(path, cancellationToken)
                : ReadFolderAsync(path, cancellationToken))
            {
                files.Add(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }

        return files;
    }

    private static async IAsyncEnumerable<ChartFile> ReadFolderAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length <= LargestFile))
        {
            yield return new ChartFile(
                Path.GetRelativePath(path, file).Replace('\\', '/'), await File.ReadAllTextAsync(file, cancellationToken));
        }
    }

    private static async IAsyncEnumerable<ChartFile> ReadArchiveAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.DataStream is { } content && entry.Length <= LargestFile && entry.Name.Split('/', 2) is [_, var name])
            {
                using var reader = new StreamReader(content, leaveOpen: true);
                yield return new ChartFile(name, await reader.ReadToEndAsync(cancellationToken));
            }
        }
    }
}

/// <summary>A file of a chart.</summary>
/// <param name="Name">Its path below the chart's folder, with <c>/</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed record ChartFile(string Name, string Text);
