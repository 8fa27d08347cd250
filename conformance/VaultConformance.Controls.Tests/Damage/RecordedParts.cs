using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Damage;

/// <summary>Recorded evidence in memory: one text for each part.</summary>
internal sealed class RecordedParts(IReadOnlyDictionary<string, string> texts) : IEvidenceParts
{
    /// <summary>Stands for a slash within the name of a member.</summary>
    public const string Slash = "~1";

    public string Name => "memory";

    public IReadOnlyList<string> Names { get; } = [.. texts.Keys.Order(StringComparer.Ordinal)];

    public static RecordedParts Of(ReleaseEvidence evidence) => new(evidence.ToSource().ToTexts());

    public static RecordedParts Of(string folder) => new(Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText));

    public string Locate(string part) => part;

    public Stream? Open(string part) => texts.TryGetValue(part, out var text) ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : null;

    /// <summary>The same evidence with one part changed; null leaves it out.</summary>
    public RecordedParts With(string part, string? text)
    {
        var copy = texts.Where(pair => pair.Key != part).ToDictionary(pair => pair.Key, pair => pair.Value);
        if (text is not null)
        {
            copy[part] = text;
        }

        return new RecordedParts(copy);
    }

    public string Text(string part) => texts[part];

    public string? Find(string part) => texts.GetValueOrDefault(part);

    /// <summary>Every member of a part, as the path to it.</summary>
    public IReadOnlyList<string> Members(string part)
    {
        var paths = new List<string>();
        Collect(JsonNode.Parse(texts[part]), string.Empty, paths);
        return paths;
    }

    private static void Collect(JsonNode? node, string path, List<string> paths)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    var member = $"{path}/{name.Replace("/", Slash, StringComparison.Ordinal)}";
                    paths.Add(member);
                    Collect(value, member, paths);
                }

                break;
            case JsonArray items:
                for (var place = 0; place < items.Count; place++)
                {
                    Collect(items[place], $"{path}/{place}", paths);
                }

                break;
        }
    }
}
