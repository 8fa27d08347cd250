namespace VaultConformance.Reporting.Fixes;

/// <summary>A change of one place in a values file.</summary>
/// <param name="Path">Keys, and indexes of items as numbers.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Value">The new value, or the new item; null for a removal.</param>
internal sealed record ValuesEdit(IReadOnlyList<object> Path, EditKind Kind, FixNode? Value)
{
    /// <summary>The changes that make the last of several files say what is wanted.</summary>
    /// <param name="last">What that file says.</param>
    /// <param name="before">What the files before it say.</param>
    /// <param name="desired">What all of them should say.</param>
    public static IReadOnlyList<ValuesEdit> Derive(FixMap last, FixMap before, FixMap desired) =>
        [.. Compare([], last, before, TreeValues.Join(before, last), desired)];

    private static IEnumerable<ValuesEdit> Compare(
        IReadOnlyList<object> path, FixMap last, FixMap? before, FixMap now, FixMap desired)
    {
        foreach (var (key, wanted) in desired.Entries.Where(entry => !FixNode.AreSame(now.Find(entry.Key), entry.Value)))
        {
            var edits = (last.Find(key), now.Find(key), wanted) switch
            {
                (FixMap own, FixMap merged, FixMap inner) => Compare([.. path, key], own, before?.Find(key) as FixMap, merged, inner),
                (null, FixMap merged, FixMap inner) =>
                    [new ValuesEdit([.. path, key], EditKind.Set, ListNew(merged, inner))],
                (FixList own, _, FixList inner) => Compare([.. path, key], own, inner),
                _ => [new ValuesEdit([.. path, key], EditKind.Set, wanted)],
            };
            foreach (var edit in edits)
            {
                yield return edit;
            }
        }

        foreach (var (key, _) in now.Entries.Where(entry => desired.Find(entry.Key) is null))
        {
            yield return before?.Find(key) is null
                ? new ValuesEdit([.. path, key], EditKind.Remove, null)
                : new ValuesEdit([.. path, key], EditKind.Set, FixText.Null);
        }
    }

    // What an earlier file lacks; Helm adds the rest. A null takes away what it has too much.
    private static FixMap ListNew(FixMap now, FixMap desired) => new(
    [
        .. desired.Entries
            .Where(entry => !FixNode.AreSame(now.Find(entry.Key), entry.Value))
            .Select(entry => KeyValuePair.Create(
                entry.Key, (now.Find(entry.Key), entry.Value) is (FixMap own, FixMap inner) ? ListNew(own, inner) : entry.Value)),
        .. now.Entries.Where(entry => desired.Find(entry.Key) is null)
            .Select(entry => KeyValuePair.Create(entry.Key, (FixNode)FixText.Null)),
    ]);

    // Items keep their order; new ones come last, and those that are gone are recognised by what follows them.
    private static IEnumerable<ValuesEdit> Compare(IReadOnlyList<object> path, FixList own, FixList desired)
    {
        if (own.Items.Count == 0 || desired.Items.Count == 0 || !own.Items.Concat(desired.Items).All(item => item is FixMap))
        {
            return [new ValuesEdit(path, EditKind.Set, desired)];
        }

        var kept = own.Items.Where(item => desired.Items.Any(other => GetName(other) == GetName(item))).ToList();
        var changes = kept.Zip(desired.Items).Index()
            .Where(pair => !FixNode.AreSame(pair.Item.First, pair.Item.Second))
            .SelectMany(pair => Compare(
                [.. path, pair.Index], (FixMap)pair.Item.First, null, (FixMap)pair.Item.First, (FixMap)pair.Item.Second));
        var gone = own.Items.Index().Where(pair => !kept.Contains(pair.Item, ReferenceEqualityComparer.Instance)).Reverse();
        return
        [
            .. gone.Select(pair => new ValuesEdit([.. path, pair.Index], EditKind.Remove, null)),
            .. changes,
            .. desired.Items.Skip(kept.Count).Select(item => new ValuesEdit(path, EditKind.Append, item)),
        ];
    }

    private static (string?, string?, string?) GetName(FixNode item) =>
        item is FixMap map ? (Read(map, "mountPath"), Read(map, "subPath"), Read(map, "name")) : (null, null, null);

    private static string? Read(FixMap map, string key) => (map.Find(key) as FixText)?.Text;
}

/// <summary>What is done with a place.</summary>
internal enum EditKind
{
    /// <summary>It gets a value.</summary>
    Set,

    /// <summary>A list gets one more item.</summary>
    Append,

    /// <summary>It goes.</summary>
    Remove,
}
