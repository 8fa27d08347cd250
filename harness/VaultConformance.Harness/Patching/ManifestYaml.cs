using System.Text.Json.Nodes;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Patching;

/// <summary>Reads YAML as Kubernetes reads it: into JSON, with the scalar types of YAML 1.1.</summary>
internal static class ManifestYaml
{
    /// <summary>Reads every document.</summary>
    /// <param name="text">YAML or JSON; several documents are separated by <c>---</c>.</param>
    /// <param name="origin">Where the text comes from, for messages, e.g. <c>patch 'a.yaml'</c>.</param>
    /// <returns>The documents that are not empty, in order.</returns>
    /// <exception cref="PatchException">The text is not YAML.</exception>
    public static IReadOnlyList<JsonNode> Read(string text, string origin)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(BlockScalars.Repair(text)));
            return [.. stream.Documents.Select(document => new NodeReader().Convert(document.RootNode)).OfType<JsonNode>()];
        }
        catch (PlainYamlException exception)
        {
            throw new PatchException($"The {origin} is not valid YAML: line {exception.Start.Line}: {exception.Message}.", exception);
        }
        catch (YamlException exception)
        {
            throw new PatchException($"The {origin} is not valid YAML: {Explain(exception, text)}.", exception);
        }
    }

    private static string Explain(YamlException exception, string text)
    {
        if (DuplicateKeys.Find(text) is [var duplicate, ..])
        {
            return $"{duplicate}; one of them would be lost";
        }

        var (line, words) = YamlWords.Explain(exception.Message, text, Math.Max(1, exception.End.Line));
        return $"line {line}: {words}";
    }

    // Aliases repeat what they stand for, so that a few lines can stand for more than memory holds, or for themselves.
    private sealed class NodeReader
    {
        private const int MostNodes = 200_000;
        private const int DeepestNode = 100;
        private int _nodes;

        public JsonNode? Convert(YamlNode node, int depth = 0)
        {
            if (++_nodes > MostNodes || depth > DeepestNode)
            {
                throw new PlainYamlException(
                    node.Start,
                    node.End,
                    depth > DeepestNode
                        ? $"it is nested more than {DeepestNode} levels deep, or an anchor stands for something that holds it"
                        : $"its aliases stand for more than {MostNodes} values");
            }

            return node switch
            {
                YamlMappingNode mapping => ReadObject(mapping, depth),
                YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Convert(child, depth + 1))]),
                YamlScalarNode scalar => YamlScalars.Resolve(scalar),
                _ => throw new PlainYamlException(node.Start, node.End, "an alias that cannot be resolved"),
            };
        }

        private JsonObject ReadObject(YamlMappingNode mapping, int depth)
        {
            var result = new JsonObject();
            foreach (var (key, value) in mapping.Children)
            {
                if (key is not YamlScalarNode { Value: { } name })
                {
                    throw new PlainYamlException(key.Start, key.End, "a key that is not a plain word");
                }

                if (name == "<<" && key is YamlScalarNode { Style: ScalarStyle.Plain })
                {
                    throw new PlainYamlException(key.Start, key.End, "merge keys ('<<') are not supported; write the fields out");
                }

                result[name] = Convert(value, depth + 1);
            }

            return result;
        }
    }
}

/// <summary>A complaint of this reader's own, in plain words.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends.</param>
/// <param name="message">What is wrong, as a part of a sentence.</param>
internal sealed class PlainYamlException(Mark start, Mark end, string message) : YamlException(start, end, message);
