namespace VaultConformance.Judging;

/// <summary>Lists in sentences: the first few, and how many more there are.</summary>
internal static class ShortList
{
    private const int Shown = 4;

    /// <summary>The list in words, for example <c>a, b, c, d and 3 more</c>.</summary>
    /// <param name="items">What it lists; each thing is named once.</param>
    public static string Join(IEnumerable<string> items)
    {
        var all = items.Distinct(StringComparer.Ordinal).ToList();
        // "and 1 more" would take the room of the one thing itself.
        return all.Count <= Shown + 1
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(Shown))} and {all.Count - Shown} more";
    }
}
