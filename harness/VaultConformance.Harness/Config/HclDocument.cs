namespace VaultConformance.Harness.Config;

/// <summary>
/// A Vault server configuration in HCL version 1 or JSON, read as Vault's own parser reads it, except that duplicates are kept and
/// shown instead of being merged or refused.
/// </summary>
public sealed class HclDocument
{
    private HclDocument(HclBody root, bool isJson)
    {
        Root = root;
        IsJson = isJson;
    }

    /// <summary>The top level.</summary>
    public HclBody Root { get; }

    /// <summary>True when the configuration was written in JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Attributes given more than once at one level, in the order of their first occurrence.</summary>
    public IReadOnlyList<HclDuplicate> Duplicates => [.. FindDuplicates(Root, "")];

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">HCL or JSON; JSON when its first token is a brace.</param>
    /// <exception cref="HclSyntaxException">The text is neither; the line is named.</exception>
    public static HclDocument Parse(string text)
    {
        var (root, isJson, _) = HclParser.Parse(text);
        return new HclDocument(root, isJson);
    }

    private static IEnumerable<HclDuplicate> FindDuplicates(HclBody body, string path)
    {
        var here = body.Attributes
            .GroupBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => new HclDuplicate(path + group.Key, [.. group.Select(attribute => attribute.Line)]));
        var below = body.Blocks.SelectMany(block => FindDuplicates(block.Body, $"{path}{DescribeTitle(block)} / "));
        var inside = body.Attributes.SelectMany(attribute => FindDuplicates(attribute.Value, $"{path}{attribute.Name} / "));
        return here.Concat(below).Concat(inside);
    }

    private static IEnumerable<HclDuplicate> FindDuplicates(HclValue value, string path) => value switch
    {
        HclObject single => FindDuplicates(single.Body, path),
        HclList list => list.Items.SelectMany(item => FindDuplicates(item, path)),
        _ => [],
    };

    private static string DescribeTitle(HclBlock block) => string.Join(' ', [block.Type, .. block.Labels.Select(label => $"\"{label}\"")]);
}
