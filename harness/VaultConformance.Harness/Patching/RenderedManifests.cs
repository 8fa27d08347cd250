using System.Text;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>What <c>helm template</c> printed: every object, hooks included, in its order.</summary>
/// <param name="Objects">The objects.</param>
internal sealed record RenderedManifests(IReadOnlyList<ManifestObject> Objects)
{
    private const string SourceComment = "# Source: ";

    /// <summary>Reads Helm's multi-document output.</summary>
    /// <param name="text">The output.</param>
    /// <exception cref="PatchException">A document is not YAML or not a Kubernetes object.</exception>
    public static RenderedManifests Parse(string text) => new([.. SplitDocuments(text).SelectMany(ListObjects)]);

    /// <summary>Writes the objects as one multi-document YAML text, each with the comment that names its template.</summary>
    public string ToYaml()
    {
        var output = new StringBuilder();
        foreach (var item in Objects)
        {
            output.Append("---\n");
            if (item.Source is not null)
            {
                output.Append(SourceComment).Append(item.Source).Append('\n');
            }

            output.Append(ManifestYamlWriter.Write(item.Content));
        }

        return output.ToString();
    }

    private static IEnumerable<ManifestObject> ListObjects(string document)
    {
        var source = document.Split(
            '\n').FirstOrDefault(line => line.StartsWith(SourceComment, StringComparison.Ordinal))?[SourceComment.Length..].Trim();
        var origin = source is null ? "rendered manifest" : $"manifest rendered from {source}";
        foreach (var node in ManifestYaml.Read(document, origin))
        {
            yield return node is JsonObject content && content["kind"] is not null && content["apiVersion"] is not null
                ? new ManifestObject(content, source)
                : throw new PatchException(
                    $"The {origin} is not a Kubernetes object: it has no apiVersion and kind. Correct the chart or its values.");
        }
    }

    // A line that starts with --- can only be a separator: block scalars are indented.
    private static IEnumerable<string> SplitDocuments(string text)
    {
        var document = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line == "---" || line.StartsWith("--- ", StringComparison.Ordinal))
            {
                yield return document.ToString();
                document.Clear();
                continue;
            }

            document.Append(line).Append('\n');
        }

        yield return document.ToString();
    }
}
