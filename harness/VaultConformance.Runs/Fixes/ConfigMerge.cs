using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Changes single attributes of a server's configuration and leaves everything else as it was written. A block that is wanted is applied to
/// every block of its kind; where there is none it is added, unless it says <c># each of yours</c>.
/// </summary>
/// <param name="isMounted">Whether a path is on a volume of the server.</param>
internal sealed class ConfigMerge(Func<string, bool> isMounted)
{
    private const string EachOfYours = "# each of yours";

    /// <summary>The configuration with what is wanted.</summary>
    /// <param name="text">The configuration.</param>
    /// <param name="wanted">HCL with marks, see <see cref="RuleMode"/>.</param>
    /// <exception cref="UnsafeFixException">It cannot be changed safely.</exception>
    public string Apply(string text, string wanted)
    {
        var rules = HclLayout.Read(wanted);
        var root = HclLayout.Read(text);
        var splices = new List<HclSplice>();
        Collect(new HclText(text, root), root, new HclText(wanted, rules), rules, splices);
        var merged = splices.OrderByDescending(splice => splice.Start).ThenByDescending(splice => splices.IndexOf(splice))
            .Aggregate(text, (current, splice) => current[..splice.Start] + splice.Text + current[splice.End..]);
        _ = HclLayout.Read(merged);
        return merged;
    }

    private void Collect(HclText own, HclRegion region, HclText wanted, HclRegion rules, List<HclSplice> splices)
    {
        foreach (var rule in rules.Attributes)
        {
            if (region.List(rule.Name) is { Count: > 1 })
            {
                throw new UnsafeFixException($"the server's configuration has '{rule.Name}' twice");
            }

            if (Change(own, region, wanted, rule) is { } splice)
            {
                splices.Add(splice);
            }
        }

        foreach (var rule in rules.Blocks)
        {
            if (region.List(rule.Type).Count > 0)
            {
                throw new UnsafeFixException($"the server's configuration assigns '{rule.Type}' instead of opening a block");
            }

            if (rule.Labels.Count > 0 && region.Blocks.Any(block => block.IsOf(rule.Type) && block.Labels.Count == 0))
            {
                throw new UnsafeFixException(
                    $"the server's configuration opens '{rule.Type}' without the label \"{rule.Labels[0]}\" behind it, which is not "
                        + "changed here");
            }

            var matches = region.Blocks.Where(block => block.IsLike(rule)).ToList();
            matches.ForEach(block => Collect(own, block, wanted, rule, splices));
            if (matches.Count == 0 && !wanted.GetLine(rule.Start).TrimEnd().EndsWith(EachOfYours, StringComparison.Ordinal))
            {
                splices.Add(own.InsertAtEnd(region, wanted.WriteBlock(rule)));
            }
        }
    }

    private HclSplice? Change(HclText own, HclRegion region, HclText wanted, HclPlace rule)
    {
        var mode = RuleModes.Read(wanted.GetLine(rule.Start));
        var value = wanted.GetValue(rule);
        if (region.List(rule.Name) is not [var given])
        {
            return mode is RuleMode.IfThere or RuleMode.Https or RuleMode.New ? null : own.InsertAtEnd(region, [$"{rule.Name} = {value}"]);
        }

        var old = own.GetValue(given);
        var changed = mode switch
        {
            RuleMode.Keep or RuleMode.New => old,
            RuleMode.AtMost when GoDuration.IsAtMost(old, value) => old,
            RuleMode.UnlessMounted when isMounted(old.Trim('"')) => old,
            RuleMode.Https => old.Replace("\"http://", "\"https://", StringComparison.OrdinalIgnoreCase),
            _ when AreSame(old, value) => old,
            _ => value,
        };
        return changed == old ? null : new HclSplice(given.ValueStart, given.ValueEnd, changed);
    }

    private static bool IsPartOf(string old, string wanted) => wanted.Contains(',', StringComparison.Ordinal)
        && SplitList(old) is { Length: > 0 } mine && mine.All(SplitList(wanted).Contains);

    private static string[] SplitList(string text) =>
        text.Trim('"').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // A stricter version than the wanted one is as good, and so is a part of a list of what is allowed.
    private static bool AreSame(string old, string wanted) =>
        old == wanted
            || IsPartOf(old, wanted)
            || (wanted == "\"tls12\"" && old == "\"tls13\"")
            || (wanted == "false" && old is "0" or "\"0\"" or "\"false\"");
}

/// <summary>A part of a text that is replaced.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Text">What stands there instead.</param>
internal sealed record HclSplice(int Start, int End, string Text);

/// <summary>A configuration and its layout.</summary>
/// <param name="Text">The text.</param>
/// <param name="Root">The layout.</param>
internal sealed record HclText(string Text, HclRegion Root)
{
    /// <summary>The value of an attribute as it is written.</summary>
    /// <param name="place">The attribute.</param>
    public string GetValue(HclPlace place) => Text[place.ValueStart..place.ValueEnd];

    /// <summary>The line that an offset is on.</summary>
    /// <param name="offset">The offset.</param>
    public string GetLine(int offset)
    {
        var end = Text.IndexOf('\n', offset);
        return Text[GetLineStart(offset)..(end < 0 ? Text.Length : end)];
    }

    /// <summary>A block in lines, without marks and without its own indentation.</summary>
    /// <param name="block">The block.</param>
    public IReadOnlyList<string> WriteBlock(HclRegion block)
    {
        var indent = block.Start - GetLineStart(block.Start);
        return [.. Text[block.Start..(block.Close + 1)].Split('\n').Index()
            .Select(line => RuleModes.Strip(line.Index == 0 ? line.Item : line.Item[Math.Min(indent, line.Item.Length)..]))];
    }

    /// <summary>Adds lines behind everything else in a block.</summary>
    /// <param name="region">The block.</param>
    /// <param name="lines">The lines.</param>
    public HclSplice InsertAtEnd(HclRegion region, IReadOnlyList<string> lines)
    {
        var last = region.Attributes.Select(attribute => (attribute.Start, End: attribute.ValueEnd))
            .Concat(region.Blocks.Select(block => (block.Start, End: block.Close + 1)))
            .OrderBy(item => item.End)
            .LastOrDefault((Start: -1, End: region.Open));
        var isRoot = region.Type.Length == 0;
        var isOnOwnLine = last.Start >= 0 && (isRoot || GetLineStart(last.Start) > region.Open);
        var indent = isOnOwnLine ? MeasureIndent(last.Start) : isRoot ? string.Empty : MeasureIndent(region.Start) + "  ";
        var body = string.Concat(lines.Select(line => line.Length == 0 ? "\n" : $"\n{indent}{line}"));
        if (isRoot && lines.Count > 1)
        {
            body = "\n" + body;
        }

        var end = last.Start >= 0 ? FindLineEnd(last.End, region) : region.Open;
        var closes = !isRoot && !Text[end..region.Close].Contains('\n', StringComparison.Ordinal);
        return new HclSplice(end, closes ? region.Close : end, closes ? $"{body}\n{MeasureIndent(region.Start)}" : body);
    }

    // A comment behind the last item stays with it.
    private int FindLineEnd(int offset, HclRegion region)
    {
        var end = Text.IndexOf('\n', offset);
        end = end < 0 ? Text.Length : end;
        return end <= region.Close ? end : offset;
    }

    private string MeasureIndent(int offset)
    {
        var line = GetLine(offset);
        return line[..(line.Length - line.TrimStart().Length)];
    }

    private int GetLineStart(int offset) => offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;
}
