using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Values;

/// <summary>Finds in the user's values files what decides a control, and on which line.</summary>
internal sealed class ValuesLocator
{
    private readonly MergedValues _values;
    private readonly ServerMode _mode;

    /// <summary>Creates a locator.</summary>
    /// <param name="files">The files in the order in which Helm gets them.</param>
    public ValuesLocator(IEnumerable<ValuesFile> files)
    {
        _values = new MergedValues(files);
        _mode = ServerMode.From(_values);
    }

    private enum Rank
    {
        Decided,
        SwitchedOff,
        Unmentioned,
    }

    /// <summary>
    /// What the values say about a control, the most likely cause of its outcome first: of each key the line where it is set, or where the
    /// block was given that lacks it. Only where there is neither, the value that does not mention the word it should. Empty when the
    /// values say nothing.
    /// </summary>
    /// <param name="keys">Keys as in <see cref="ControlDescriptor.ValueKeys"/>.</param>
    public IReadOnlyList<DeclaredValue> Find(IEnumerable<string> keys)
    {
        var found = keys.Select(ValueKey.Parse)
            .Where(_mode.Uses)
            .Select(Look)
            .Where(hit => hit.Value is not null)
            .OrderBy(hit => hit.Rank)
            .ToList();
        var best = found.Count == 0 ? Rank.Decided : found[0].Rank;
        return [.. found.Where(hit => hit.Rank <= Rank.SwitchedOff || hit.Rank == best)
            .Select(hit => hit.Value!)
            .DistinctBy(value => (value.Path, value.Line))];
    }

    private (Rank Rank, DeclaredValue? Value) Look(ValueKey key)
    {
        if (_values.Find(key.Path) is not { } entry)
        {
            return (Rank.Decided, Block(key));
        }

        if (key.Word is { } word)
        {
            return FindInside(key, word, entry) is { } inside
                ? (Rank.Decided, inside)
                : (Rank.Unmentioned, CreateDeclared(key.GetAncestor(key.Path.Count), entry, DeclaredText.Without(entry.Value, word)));
        }

        var isOff = key.Path[^1] == "enabled" && entry.Value is ValuesScalar { Text: "false" };
        return (isOff ? Rank.SwitchedOff : Rank.Decided, CreateDeclared(
            key.ToString(), entry, DeclaredText.Describe(key.Path[^1], entry.Value)));
    }

    private static DeclaredValue? FindInside(ValueKey key, string word, ValuesEntry entry) => entry.Value switch
    {
        ValuesScalar scalar when ConfigWord.Find(scalar, word) is { } line =>
            CreateDeclared(key.ToString(), entry with { File = scalar.File, Line = line }, DeclaredText.DescribeWord(word, scalar, line)),
        ValuesMap or ValuesList when new NodeSearch(word).Find(entry.Value) is { } inner =>
            CreateDeclared(key.ToString(), inner, DeclaredText.Describe(word, inner.Value)),
        _ => null,
    };

    /// <summary>The deepest ancestor that is set and that the chart takes as a whole.</summary>
    private DeclaredValue? Block(ValueKey key)
    {
        for (var length = key.Path.Count - 1; length > 0 && ChartBlocks.Contain(key.GetAncestor(length)); length--)
        {
            if (_values.Find(key.Path.Take(length)) is { } entry)
            {
                return CreateDeclared(key.GetAncestor(length), entry, DeclaredText.Without(entry.Value, key.Path[length]));
            }
        }

        return null;
    }

    private static DeclaredValue CreateDeclared(string key, ValuesEntry at, string text) =>
        new(key, at.File.Name, at.Line, text) { Path = at.File.Path };
}
