namespace VaultConformance.Reporting.Fixes;

/// <summary>Values files of a run, and how they are changed.</summary>
internal sealed class ValuesFix
{
    private const char ByteOrderMark = '\ufeff';
    private readonly FixMap _before;
    private readonly FixMap _last;

    /// <summary>Reads the files.</summary>
    /// <param name="before">Texts of the files before the last, in the order in which Helm gets them.</param>
    /// <param name="last">Text of the last file, which is the one that is changed.</param>
    /// <exception cref="UnsafeFixException">One is not YAML.</exception>
    public ValuesFix(IReadOnlyList<string> before, string last)
    {
        Text = last.TrimStart(ByteOrderMark);
        _before = before.Select(Read).Aggregate(FixMap.Empty, TreeValues.Join);
        _last = Read(Text);
        Values = TreeValues.Join(_before, _last);
    }

    /// <summary>Text of the last file, without the byte order mark that it may begin with.</summary>
    public string Text { get; }

    /// <summary>What all files say together.</summary>
    public FixMap Values { get; }

    /// <summary>The last file, changed so that all files together say what is wanted.</summary>
    /// <param name="desired">What is wanted.</param>
    /// <exception cref="UnsafeFixException">It cannot be changed without changing something else.</exception>
    public string Write(FixMap desired)
    {
        var text = YamlEditor.Apply(Text, ValuesEdit.Derive(_last, _before, desired));

        // Whatever the file looks like, what is written has to say what was meant.
        return Says(text, desired)
            ? text
            : throw new UnsafeFixException(YamlEditor.OtherPlace);
    }

    private bool Says(string text, FixMap desired)
    {
        try
        {
            return FixNode.AreSame(WithoutNulls(TreeValues.Join(_before, Read(text))), WithoutNulls(desired));
        }
        catch (UnsafeFixException)
        {
            return false;
        }
    }

    private static FixMap Read(string text) => TreeValues.Read(YamlTreeReader.Read(new TextLines(text.TrimStart(ByteOrderMark))));

    // Nothing, an empty mapping and a missing key are the same to the chart where the key has no default; a removal leaves any of them.
    private static FixNode WithoutNulls(FixNode node) => node switch
    {
        FixMap map => new FixMap([.. map.Entries.Where(entry => !IsEmpty(entry.Value))
            .Select(entry => KeyValuePair.Create(entry.Key, WithoutNulls(entry.Value)))
            .Where(entry => !IsEmpty(entry.Value))]),
        FixList list => new FixList([.. list.Items.Select(WithoutNulls)]),
        _ => node,
    };

    private static bool IsEmpty(FixNode node) =>
        node is FixText { IsNull: true } or FixMap { Entries.Count: 0 } or FixList { Items.Count: 0 };
}
