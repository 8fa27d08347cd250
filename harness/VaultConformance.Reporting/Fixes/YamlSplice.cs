namespace VaultConformance.Reporting.Fixes;

/// <summary>Makes one change in one text.</summary>
/// <param name="lines">The text.</param>
internal sealed class YamlSplice(TextLines lines)
{
    private string Text => lines.Text;

    /// <summary>The text with the change.</summary>
    /// <param name="root">What it holds.</param>
    /// <param name="edit">The change.</param>
    public string Apply(TreeMap root, ValuesEdit edit)
    {
        TreeNode node = root;
        TreeEntry? entry = null;
        var inFlow = false;
        for (var at = 0; at < edit.Path.Count; at++)
        {
            RefuseShared(node);
            var isLast = at == edit.Path.Count - 1;
            if (isLast && edit.Kind == EditKind.Remove)
            {
                return new YamlRemoval(lines).Remove(node, edit.Path[at], entry, inFlow);
            }

            switch (node, edit.Path[at])
            {
                case (TreeMap map, string key) when map.Find(key) is { } found:
                    (node, entry, inFlow) = (found.Value, found, inFlow || map.IsFlow);
                    break;
                case (TreeMap map, string key):
                    return Insert(map, entry, key, Nest(edit, at), inFlow);
                case (TreeList list, int index) when index < list.Items.Count:
                    (node, entry, inFlow) = (list.Items[index], null, inFlow || list.IsFlow);
                    break;
                case (TreeText { Value.IsNothing: true }, string) when entry is not null:
                    return Replace(entry, node, new FixMap([KeyValuePair.Create((string)edit.Path[at], Nest(edit, at))]), inFlow);
                default:
                    throw new UnsafeFixException($"'{edit.Path[at]}' does not fit what is there");
            }
        }

        RefuseShared(node);
        return edit.Kind == EditKind.Append ? Append(node, edit.Value!) : Replace(entry, node, edit.Value!, inFlow);
    }

    // The value of the key at a step of the path, with the mappings that the rest of the path needs.
    private static FixNode Nest(ValuesEdit edit, int at) => edit.Path.Skip(at + 1).Cast<string>().Reverse()
        .Aggregate(edit.Value ?? FixText.Null, (inner, key) => new FixMap([KeyValuePair.Create(key, inner)]));

    private static void RefuseShared(TreeNode node)
    {
        if (node is TreeAlias || node.IsShared)
        {
            throw new UnsafeFixException("an anchor gives it to another place, too");
        }
    }

    private string Insert(TreeMap map, TreeEntry? holder, string key, FixNode value, bool inFlow)
    {
        if (map.Entries.Any(entry => entry.Key == TreeEntry.MergeKey) && value is FixMap)
        {
            throw new UnsafeFixException($"'{key}' may come from an anchor");
        }

        if (!map.IsFlow)
        {
            return InsertLines(
                map.End, lines.GetColumn(map.Entries[0].Start), YamlWriter.WriteEntry(key, value, lines.GetColumn(map.Entries[0].Start)));
        }

        var entry = $"{YamlWriter.WriteFlow(new FixMap([KeyValuePair.Create(key, value)]))[1..^1]}";
        return map.Entries.Count > 0
            ? Text.Insert(map.Entries[^1].End, ", " + entry)
            : holder is not null && !inFlow
                ? Replace(holder, map, new FixMap([KeyValuePair.Create(key, value)]), inFlow: false)
                : Text.Insert(map.Start + 1, entry);
    }

    private string Append(TreeNode node, FixNode item)
    {
        if (node is not TreeList list)
        {
            throw new UnsafeFixException("it is not a list");
        }

        return list.IsFlow
            ? list.Items.Count > 0
                ? Text.Insert(list.Items[^1].End, ", " + YamlWriter.WriteFlow(item))
                : Text.Insert(list.Start + 1, YamlWriter.WriteFlow(item))
            : InsertLines(list.End, lines.GetColumn(list.Start), YamlWriter.WriteItem(item, lines.GetColumn(list.Start)));
    }

    private string InsertLines(int behind, int column, IEnumerable<string> added)
    {
        var end = lines.GetEnd(FindLastComment(lines.GetLine(behind), column));
        return Text.Insert(end, string.Concat(added.Select(line => lines.NewLine + line)));
    }

    // Comments behind the last entry stay with it: those that are indented more, and those as deep when nothing as deep follows them.
    private int FindLastComment(int line, int column)
    {
        var (last, open) = (line, line);
        for (var at = line + 1; at <= lines.Count; at++)
        {
            var text = lines.GetText(at);
            var indent = text.Length - text.TrimStart(' ').Length;
            if (lines.IsBlank(at))
            {
                continue;
            }

            if (!text.TrimStart(' ').StartsWith('#') || indent < column)
            {
                return indent < column ? open : last;
            }

            open = at;
            last = indent > column && last == at - 1 ? at : last;
        }

        return column > 0 ? open : last;
    }

    private string Replace(TreeEntry? entry, TreeNode old, FixNode value, bool inFlow)
    {
        if (inFlow || entry is null)
        {
            return Text[..old.Start] + YamlWriter.WriteFlow(value) + Text[old.End..];
        }

        if (old is TreeText { IsBlock: true } block && value is FixText { IsNull: false } text
            && text.Text.Contains('\n', StringComparison.Ordinal))
        {
            return ReplaceBlock(block, text.Text);
        }

        var (first, rest) = YamlWriter.WriteValue(value, lines.GetColumn(entry.Start));
        var comment = lines.GetLine(old.End) == lines.GetLine(entry.KeyEnd)
            ? Text[old.End..lines.GetEnd(lines.GetLine(entry.KeyEnd))]
            : string.Empty;
        var behind = old.End + comment.Length;
        if (rest.Count == 0 && old.Start > entry.KeyEnd && lines.GetLine(old.Start) == lines.GetLine(entry.KeyEnd))
        {
            // Values are often aligned.
            first = Text[entry.KeyEnd..old.Start] + first.TrimStart();
        }

        return Text[..entry.KeyEnd] + first + comment + string.Concat(rest.Select(line => lines.NewLine + line)) + Text[behind..];
    }

    // The header and the indentation stay, so that lines which do not change stay as they are.
    private string ReplaceBlock(TreeText old, string text)
    {
        var line = lines.GetLine(old.Start);
        var header = Text[old.Start..lines.GetEnd(line)];
        var last = lines.GetLine(old.End);
        var first = Enumerable.Range(line + 1, Math.Max(0, last - line)).FirstOrDefault(number => !lines.IsBlank(number));
        if (first == 0 || header.Any(char.IsAsciiDigit))
        {
            throw new UnsafeFixException("the block cannot be written again");
        }

        var indent = lines.GetText(first).Length - lines.GetText(first).TrimStart(' ').Length;
        var blanks = Enumerable.Range(line + 1, first - line - 1).Select(_ => lines.NewLine);
        var body = YamlWriter.WriteBlock(text.TrimStart('\n'), indent).Select(content => lines.NewLine + content);
        return Text[..old.Start] + header.Replace('>', '|') + string.Concat(blanks) + string.Concat(body) + Text[old.End..];
    }
}
