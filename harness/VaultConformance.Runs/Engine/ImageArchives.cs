using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Runs.Engine;

/// <summary>Looks which images archives hold: those of <c>docker save</c>, and OCI layouts.</summary>
internal static class ImageArchives
{
    private const string DockerManifest = "manifest.json";
    private const string OciIndex = "index.json";
    private const string OciName = "io.containerd.image.name";
    private const string DockerHub = "docker.io/";

    /// <summary>The names of the images in archives; null when one of them cannot be read, so that anything may be in it.</summary>
    /// <param name="paths">The archives.</param>
    public static IReadOnlyList<string>? ListNames(IEnumerable<string> paths)
    {
        try
        {
            return [.. paths.SelectMany(ListNames).Select(Normalize).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or JsonException
            or UnauthorizedAccessException or InvalidOperationException)
        {
            // The node reads more kinds of archives than this.
            return null;
        }
    }

    /// <summary>The name with registry, repository and tag, as a node knows it.</summary>
    /// <param name="image">For example <c>hashicorp/vault:1.20</c>.</param>
    public static string Normalize(string image)
    {
        var first = image.Split('/')[0];
        var hasRegistry = image.Contains('/', StringComparison.Ordinal)
            && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost");
        var name = hasRegistry ? image : image.Contains('/', StringComparison.Ordinal) ? DockerHub + image : $"{DockerHub}library/{image}";
        return name[(name.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal)
            ? name
            : name + ":latest";
    }

    private static List<string> ListNames(string path)
    {
        using var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new TarReader(content);
        var names = new List<string>();
        var known = false;
        while (reader.GetNextEntry() is { } entry)
        {
            var name = entry.Name.TrimStart('.', '/');
            if (name is DockerManifest or OciIndex && entry.DataStream is { } data)
            {
                known = true;
                names.AddRange(ReadNames(JsonNode.Parse(data)));
            }
        }

        return known ? names : throw new InvalidDataException("no list of images");
    }

    private static IEnumerable<string> ReadNames(JsonNode? list) => list switch
    {
        JsonArray images => images.SelectMany(image => image?["RepoTags"] is JsonArray tags ? tags : [])
            .Select(tag => tag?.GetValue<string>()).OfType<string>(),
        JsonObject index => (index["manifests"] as JsonArray ?? []).Select(
            manifest => manifest?["annotations"]?[OciName]?.GetValue<string>()).OfType<string>(),
        _ => [],
    };
}
