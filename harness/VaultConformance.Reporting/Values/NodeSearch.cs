namespace VaultConformance.Reporting.Values;

/// <summary>Finds a word in a list or a mapping: the first key of that name, or the first scalar that is the word.</summary>
/// <param name="word">The word.</param>
internal sealed class NodeSearch(string word)
{
    private readonly HashSet<ValuesNode> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where the word stands and what stands there; null when it is nowhere.</summary>
    /// <param name="node">Where to look.</param>
    public ValuesEntry? Find(ValuesNode node) => !_seen.Add(node)
        ? null
        : node switch
        {
            ValuesMap map =>
                map.Entries.GetValueOrDefault(word) ?? FindFirst(map.Entries.Values.Select(entry => entry.Value).Concat(map.Merged)),
            ValuesList list => FindFirst(list.Items),
            ValuesScalar scalar when scalar.Text == word => new ValuesEntry(scalar.File, scalar.Line, scalar),
            _ => null,
        };

    private ValuesEntry? FindFirst(IEnumerable<ValuesNode> nodes) => nodes.Select(Find).FirstOrDefault(entry => entry is not null);
}
