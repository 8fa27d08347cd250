namespace VaultConformance.Reporting.Values;

/// <summary>A value in a values file.</summary>
/// <param name="File">The file it was written in.</param>
/// <param name="Line">Line it starts on, from 1.</param>
internal abstract record ValuesNode(ValuesFile File, int Line);

/// <summary>A scalar.</summary>
/// <param name="File">The file it was written in.</param>
/// <param name="Line">Line it starts on, from 1; for a block that of its <c>|</c> or <c>&gt;</c>.</param>
/// <param name="LastLine">Line it ends on.</param>
/// <param name="Text">The text after unfolding and unescaping.</param>
/// <param name="IsNull">True when it is YAML's null, which removes what the chart has.</param>
internal sealed record ValuesScalar(ValuesFile File, int Line, int LastLine, string Text, bool IsNull) : ValuesNode(File, Line);

/// <summary>A sequence.</summary>
/// <param name="File">The file it was written in.</param>
/// <param name="Line">Line it starts on, from 1.</param>
/// <param name="Items">Its items.</param>
internal sealed record ValuesList(ValuesFile File, int Line, IReadOnlyList<ValuesNode> Items) : ValuesNode(File, Line);

/// <summary>A mapping.</summary>
/// <param name="File">The file it was written in.</param>
/// <param name="Line">Line it starts on, from 1.</param>
/// <param name="Entries">Its own entries in order; of a key that is given twice, the last.</param>
/// <param name="Merged">Mappings that it takes in by <c>&lt;&lt;</c>, the strongest first.</param>
internal sealed record ValuesMap(
    ValuesFile File, int Line, IReadOnlyDictionary<string, ValuesEntry> Entries, IReadOnlyList<ValuesMap> Merged)
    : ValuesNode(File, Line)
{
    /// <summary>The entry of a key, its own before those it takes in; null when there is none.</summary>
    /// <param name="key">The key.</param>
    public ValuesEntry? Find(string key) => Find(key, new HashSet<ValuesMap>(ReferenceEqualityComparer.Instance));

    // Anchors can make a small file stand for an enormous tree; each mapping is checked once.
    private ValuesEntry? Find(string key, HashSet<ValuesMap> seen) => !seen.Add(this)
        ? null
        : Entries.GetValueOrDefault(key) ?? Merged.Select(map => map.Find(key, seen)).FirstOrDefault(entry => entry is not null);
}

/// <summary>An entry of a mapping.</summary>
/// <param name="File">The file that its key was written in.</param>
/// <param name="Line">Line of its key, from 1.</param>
/// <param name="Value">Its value, which lies elsewhere when it is an alias.</param>
internal sealed record ValuesEntry(ValuesFile File, int Line, ValuesNode Value);
