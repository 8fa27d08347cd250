namespace VaultConformance.Reporting.Fixes;

/// <summary>A value in values, without its place in a file.</summary>
internal abstract record FixNode
{
    /// <summary>True where there is nothing: a null, or an empty text.</summary>
    public bool IsNothing => this is FixText { IsNull: true } or FixText { Text: "" };

    /// <summary>True when both are the same value.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool AreSame(FixNode? left, FixNode? right) => (left, right) switch
    {
        (null, null) => true,
        (FixText one, FixText other) => one.Text == other.Text && one.IsNull == other.IsNull,
        (FixList one, FixList other) =>
            one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreSame(pair.First, pair.Second)),
        (FixMap one, FixMap other) =>
            one.Entries.Count == other.Entries.Count && one.Entries.All(entry => AreSame(entry.Value, other.Find(entry.Key))),
        _ => false,
    };
}

/// <summary>A scalar.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsNull">True when it is YAML's null.</param>
/// <param name="IsQuoted">True when it is certainly a text, whatever it looks like.</param>
internal sealed record FixText(string Text, bool IsNull = false, bool IsQuoted = false) : FixNode
{
    /// <summary>YAML's null.</summary>
    public static FixText Null { get; } = new("null", IsNull: true);
}

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
internal sealed record FixList(IReadOnlyList<FixNode> Items) : FixNode;

/// <summary>A mapping.</summary>
/// <param name="Entries">Its entries in order; every key once.</param>
internal sealed record FixMap(IReadOnlyList<KeyValuePair<string, FixNode>> Entries) : FixNode
{
    /// <summary>A mapping without entries.</summary>
    public static FixMap Empty { get; } = new([]);

    /// <summary>The value of a key; null when it is not there.</summary>
    /// <param name="key">The key.</param>
    public FixNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The value at a path; null when it is not there.</summary>
    /// <param name="path">Keys from here.</param>
    public FixNode? FindAt(params IEnumerable<string> path) =>
        path.Aggregate((FixNode?)this, (node, key) => (node as FixMap)?.Find(key));

    /// <summary>The same with another value for a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null to leave the key out.</param>
    public FixMap With(string key, FixNode? value)
    {
        var entries = Entries.ToList();
        var at = entries.FindIndex(entry => entry.Key == key);
        if (value is null)
        {
            return at < 0 ? this : new FixMap([.. entries.Where(entry => entry.Key != key)]);
        }

        var entry = KeyValuePair.Create(key, value);
        if (at < 0)
        {
            entries.Add(entry);
        }
        else
        {
            entries[at] = entry;
        }

        return new FixMap(entries);
    }

    /// <summary>The same with another value at a path; mappings on the way are made.</summary>
    /// <param name="path">Keys from here; not empty.</param>
    /// <param name="value">The value; null to leave it out.</param>
    public FixMap WithAt(ReadOnlySpan<string> path, FixNode? value) => path.Length == 1
        ? With(path[0], value)
        : With(path[0], (Find(path[0]) as FixMap ?? Empty).WithAt(path[1..], value));
}

/// <summary>Text that cannot be changed without the risk of changing more than was meant.</summary>
/// <param name="message">Why, as a part of a sentence.</param>
internal sealed class UnsafeFixException(string message) : Exception(message);
