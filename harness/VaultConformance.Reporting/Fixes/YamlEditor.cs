namespace VaultConformance.Reporting.Fixes;

/// <summary>
/// Changes single places in a YAML text and leaves everything else as it was written: comments, order, quotes, indentation, line ends.
/// </summary>
internal static class YamlEditor
{
    /// <summary>Why a file cannot be changed whose lines cannot be told apart with certainty.</summary>
    public const string OtherPlace =
        "a change of the file would change another place in it, too (an anchor, a second document, unusual indentation, or a text "
            + "after '|+')";

    private const int Step = 2;

    /// <summary>The text with all changes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="edits">The changes, in order.</param>
    /// <exception cref="UnsafeFixException">A place cannot be changed without changing another one.</exception>
    public static string Apply(string text, IEnumerable<ValuesEdit> edits) => edits.Index()
        .Aggregate(text, (current, edit) => Apply(current, edit.Item, isFirst: edit.Index == 0));

    private static string Apply(string text, ValuesEdit edit, bool isFirst)
    {
        var lines = new TextLines(text);
        var root = Read(lines, isFirst);
        return root is null
            ? Begin(lines, edit)
            : new YamlSplice(lines).Apply(root, edit);
    }

    // The user's file has been read before; what cannot be read later was broken by the change before.
    private static TreeMap? Read(TextLines lines, bool isFirst)
    {
        try
        {
            return YamlTreeReader.Read(lines);
        }
        catch (UnsafeFixException) when (!isFirst)
        {
            throw new UnsafeFixException(OtherPlace);
        }
    }

    // A file without a mapping: empty, or nothing but comments.
    private static string Begin(TextLines lines, ValuesEdit edit)
    {
        if (edit is not { Kind: EditKind.Set, Value: { } value })
        {
            throw new UnsafeFixException("the file is empty");
        }

        var text = lines.Text;
        var keys = edit.Path.Cast<string>().ToArray();
        var wanted = keys.Skip(1).Reverse().Aggregate(value, (inner, key) => new FixMap([KeyValuePair.Create(key, inner)]));
        var separator = text.Length == 0 || text.EndsWith('\n') ? string.Empty : lines.NewLine;
        return text + separator + string.Join(lines.NewLine, YamlWriter.WriteEntry(keys[0], wanted, 0)) + lines.NewLine;
    }

    /// <summary>Blanks by which something below a key is indented.</summary>
    /// <param name="column">Column of the key.</param>
    public static int Indent(int column) => column + Step;
}
