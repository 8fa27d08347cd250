using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Tests;

/// <summary>A schema from <c>docs/schemas</c>, asked about YAML texts.</summary>
internal sealed class SchemaFile(string name)
{
    /// <summary>The schema as JSON.</summary>
    public JsonNode Json { get; } = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;

    /// <summary>What the schema has against a text.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(string yaml)
    {
        var schema = await JsonSchema.FromFileAsync(PathOf(name));
        var problems = new ProblemList();
        var document = StrictYaml.Read(yaml, problems);
        Assert.That(problems.Lines, Is.Empty);
        return [.. schema.Validate(Node(document!)!.ToJsonString()).Select(error => error.ToString())];
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name + ".schema.json");

    private static JsonNode? Node(YamlValue value) => value switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Node(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Node)]),
        YamlText { Quoted: false, Text: "true" or "false" } flag => flag.Text == "true",
        YamlText { Quoted: false } text when long.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        YamlText text => text.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
