namespace VaultConformance.Reporting.Fixes;

/// <summary>Reads the rules out of a snippet of a control's page.</summary>
internal sealed class FixRuleReader
{
    private readonly TextLines _lines;
    private readonly Dictionary<TreeNode, IReadOnlyList<string>> _places = new(ReferenceEqualityComparer.Instance);

    private FixRuleReader(TextLines lines) => _lines = lines;

    /// <summary>Reads a snippet.</summary>
    /// <param name="snippet">YAML of Helm values with marks.</param>
    /// <exception cref="UnsafeFixException">It is not a mapping.</exception>
    public static RuleMap Read(string snippet)
    {
        var lines = new TextLines(snippet);
        var root = YamlTreeReader.Read(lines) ?? throw new UnsafeFixException("the snippet is empty");
        var reader = new FixRuleReader(lines);
        reader.Remember(root, []);
        return (RuleMap)reader.Convert(root, RuleMode.Replace);
    }

    private void Remember(TreeNode node, IReadOnlyList<string> path)
    {
        _places[node] = path;
        foreach (var entry in node is TreeMap map ? map.Entries : [])
        {
            Remember(entry.Value, [.. path, entry.Key]);
        }
    }

    private FixRule Convert(TreeNode node, RuleMode mode) => node switch
    {
        TreeText text => new RuleText(mode, text.Value),
        TreeAlias alias => new RuleSame(mode, _places[alias.Target]),
        TreeList list => new RuleList(mode, [.. list.Items.Select(item => Convert(item, ReadMode(item.Start)))]),
        TreeMap map => new RuleMap(
            mode,
            [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value, ReadMode(entry.Start))))]),
        _ => throw new UnsafeFixException("the snippet holds something unknown"),
    };

    private RuleMode ReadMode(int offset) => RuleModes.Read(_lines.GetText(_lines.GetLine(offset)));
}
