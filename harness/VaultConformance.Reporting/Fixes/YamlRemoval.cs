namespace VaultConformance.Reporting.Fixes;

/// <summary>Takes an entry or an item out of a text.</summary>
/// <param name="lines">The text.</param>
internal sealed class YamlRemoval(TextLines lines)
{
    private string Text => lines.Text;

    /// <summary>The text without it.</summary>
    /// <param name="holder">The mapping or list that holds it.</param>
    /// <param name="step">Its key or its index.</param>
    /// <param name="entry">The entry whose value the holder is; null at the root and for items.</param>
    /// <param name="inFlow">True when the holder stands in braces or brackets.</param>
    public string Remove(TreeNode holder, object step, TreeEntry? entry, bool inFlow)
    {
        var parts = holder switch
        {
            TreeMap map => map.Entries.Select(item => (item.Start, item.End, Key: (object)item.Key)).ToList(),
            TreeList list => [.. list.Items.Select((item, index) => (item.Start, item.End, Key: (object)index))],
            _ => throw new UnsafeFixException("there is nothing to take out"),
        };
        var at = parts.FindIndex(part => part.Key.Equals(step));
        if (at < 0)
        {
            throw new UnsafeFixException("it comes from an anchor");
        }

        if (holder is TreeMap { IsFlow: true } or TreeList { IsFlow: true })
        {
            return RemoveFlow([.. parts.Select(part => (part.Start, part.End))], at);
        }

        return parts.Count > 1
            ? RemoveLines(parts[at].Start, parts[at].End, at == 0 && holder is TreeMap && (entry is null || inFlow))
            : Empty(holder, entry);
    }

    private string RemoveFlow(List<(int Start, int End)> parts, int at) => at + 1 < parts.Count
        ? Text.Remove(parts[at].Start, parts[at + 1].Start - parts[at].Start)
        : at > 0
            ? Text.Remove(parts[at - 1].End, parts[at].End - parts[at - 1].End)
            : Text.Remove(parts[at].Start, parts[at].End - parts[at].Start);

    private string RemoveLines(int start, int end, bool mayShareLine)
    {
        var first = lines.GetLine(start);
        var before = Text[lines.GetStart(first)..start];
        if (before.Trim(' ', '-').Length > 0 || (mayShareLine && before.Contains('-', StringComparison.Ordinal)))
        {
            throw new UnsafeFixException("it shares a line with something else");
        }

        return Text.Remove(lines.GetStart(first), lines.GetNext(lines.GetLine(end)) - lines.GetStart(first));
    }

    // The last entry leaves an empty mapping, the last item an empty list.
    private string Empty(TreeNode holder, TreeEntry? entry)
    {
        if (entry is null)
        {
            throw new UnsafeFixException("nothing would be left");
        }

        return Text[..entry.KeyEnd] + (holder is TreeMap ? " {}" : " []") + Text[holder.End..];
    }
}
