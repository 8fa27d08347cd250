using System.Formats.Tar;
using System.IO.Compression;
using VaultConformance.Harness.Helm;

namespace VaultConformance.Runs.Plan;

/// <summary>Looks whether a chart on this machine can be one at all. Helm says more about it, but much later.</summary>
internal static class LocalChart
{
    private const string Metadata = "Chart.yaml";

    /// <summary>Why it is not a chart, or null; completes "'…' …". Null, too, for a chart from elsewhere.</summary>
    /// <param name="chart">The chart.</param>
    public static string? ExplainUnusable(ChartReference chart) => chart.Kind switch
    {
        ChartSource.Directory => File.Exists(Path.Combine(chart.Name, Metadata))
            ? null
            : $"is not a Helm chart: there is no {Metadata} in it",
        ChartSource.Archive => ExplainArchive(chart.Name),
        _ => null,
    };

    private static string? ExplainArchive(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length == 0)
            {
                return "is not a Helm chart: the file is empty";
            }

            if (!IsGzip(file))
            {
                return "is not a Helm chart: it is not a gzip archive (.tgz)";
            }

            using var text = new GZipStream(file, CompressionMode.Decompress);
            return HasMetadata(text) ? null : $"is not a Helm chart: there is no {Metadata} in the archive";
        }
        catch (UnauthorizedAccessException)
        {
            return $"cannot be read: no permission (you are {Environment.UserName})";
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            return "is cut off or damaged (unexpected end of the archive); fetch it again";
        }
        catch (IOException exception)
        {
            return $"cannot be read: {exception.Message.TrimEnd('.')}";
        }
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    // All entries are read, so that an archive that is cut off is seen.
    private static bool HasMetadata(Stream archive)
    {
        using var reader = new TarReader(archive);
        var found = false;
        while (reader.GetNextEntry() is { } entry)
        {
            found |= entry.Name.TrimStart('.', '/').Split('/') is [_, Metadata];
        }

        // What follows the last entry belongs to the archive, too: gzip's own check stands at its end.
        archive.CopyTo(Stream.Null);
        return found;
    }
}
