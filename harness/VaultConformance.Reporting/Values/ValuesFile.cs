using VaultConformance.Reporting.Yaml;
using VaultConformance.Yaml;
using YamlDotNet.Core;

namespace VaultConformance.Reporting.Values;

/// <summary>A values file with the lines of everything in it.</summary>
internal sealed class ValuesFile
{
    private ValuesFile(string path, string text)
    {
        Path = path;
        // Only these end a line for an editor; the parser knows more breaks, and its lines must be those that a reader sees.
        Text = text.Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Replace('\f', ' ').ReplaceLineEndings("\n");
        Lines = Text.Split('\n');
        Root = Read();
    }

    /// <summary>The file as it is to be named, with <c>/</c> between folders.</summary>
    public string Path { get; }

    /// <summary>Its name without its folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Its lines as they were written.</summary>
    internal IReadOnlyList<string> Lines { get; }

    /// <summary>The mapping that it holds; null when it is empty, no mapping or no YAML.</summary>
    internal ValuesMap? Root { get; }

    private string Text { get; }

    /// <summary>Reads a file. One that is not YAML, or nothing but comments, declares nothing: Helm has the last word on it.</summary>
    /// <param name="path">The file as it is to be named, with <c>/</c> between folders.</param>
    /// <param name="text">What it holds.</param>
    public static ValuesFile Parse(string path, string text) => new(path, text);

    private ValuesMap? Read()
    {
        try
        {
            return new ValuesReader(this)
                .Read(new Parser(new Scanner(new StringReader(BlockScalars.Repair(Text)), skipComments: true))) as ValuesMap;
        }
        catch (Exception exception) when (MalformedYaml.Is(exception))
        {
            return null;
        }
    }
}
