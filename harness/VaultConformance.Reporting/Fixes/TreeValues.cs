namespace VaultConformance.Reporting.Fixes;

/// <summary>What files say once aliases are followed and mappings taken in, as Helm reads them.</summary>
internal sealed class TreeValues
{
    private const int MostNodes = 200_000;
    private int _nodes;

    /// <summary>What one file says.</summary>
    /// <param name="root">The file; null when it says nothing.</param>
    /// <exception cref="UnsafeFixException">Aliases make it enormous.</exception>
    public static FixMap Read(TreeMap? root) => root is null ? FixMap.Empty : (FixMap)new TreeValues().Convert(root);

    /// <summary>Two files as Helm merges them: mappings key by key, anything else is replaced.</summary>
    /// <param name="first">The first.</param>
    /// <param name="then">What comes after it.</param>
    public static FixMap Join(FixMap first, FixMap then) => then.Entries.Aggregate(first, (joined, entry) => joined.With(
        entry.Key,
        (joined.Find(entry.Key), entry.Value) is (FixMap below, FixMap above) ? Join(below, above) : entry.Value));

    private FixNode Convert(TreeNode node)
    {
        if (++_nodes > MostNodes)
        {
            throw new UnsafeFixException("its aliases make it enormous");
        }

        return node switch
        {
            TreeText text => text.Value,
            TreeList list => new FixList([.. list.Items.Select(Convert)]),
            TreeAlias alias => Convert(alias.Target),
            TreeMap map => ReadMap(map),
            _ => FixText.Null,
        };
    }

    // The mapping's own entries win over those that it takes in, and the first that it takes in over the others.
    private FixMap ReadMap(TreeMap map)
    {
        var own = new FixMap([.. map.Entries.Where(entry => entry.Key != TreeEntry.MergeKey)
            .Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value)))]);
        var taken = map.Entries.Where(entry => entry.Key == TreeEntry.MergeKey)
            .SelectMany(entry => Convert(entry.Value) is FixList list ? list.Items : [Convert(entry.Value)])
            .OfType<FixMap>()
            .SelectMany(inner => inner.Entries);
        return taken.Aggregate(own, (joined, entry) => joined.Find(entry.Key) is null ? joined.With(entry.Key, entry.Value) : joined);
    }
}
