using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Fixes;

/// <summary>Says in words what a change mends.</summary>
internal static class RunFixText
{
    /// <summary>The controls that it mends, those that only follow behind the others.</summary>
    /// <param name="fix">The change.</param>
    public static string ListMended(RunFix fix)
    {
        var own = string.Join(", ", fix.Mended.Where(mended => mended.After is null).Select(mended => mended.Id));
        var after = fix.Mended.Where(mended => mended.After is not null)
            .GroupBy(mended => mended.After)
            .Select(group => DescribeFollowing([.. group.Select(mended => mended.Id)], group.Key!.Value));
        return string.Join("; ", new[] { own }.Where(ids => ids.Length > 0).Concat(after));
    }

    private static string DescribeFollowing(IReadOnlyList<ControlId> ids, ControlId cause) => ids is [var one]
        ? $"{one} then follows from {cause}"
        : $"{string.Join(", ", ids.SkipLast(1))} and {ids[^1]} then follow from {cause}";

    /// <summary>What it mends, as a part of a sentence.</summary>
    /// <param name="fix">The change.</param>
    public static string DescribeEffect(RunFix fix) =>
        fix.Mended.Count > 0 ? $"mends {ListMended(fix)}" : "mends no control as a whole, only a part of what failed";

    /// <summary>What has to be known before the changed file is used: what is masked in it, and which files it goes with.</summary>
    /// <param name="fix">The change.</param>
    /// <param name="path">The changed file as its reader finds it.</param>
    public static IEnumerable<string> ListWarnings(RunFix fix, string path)
    {
        if (fix.Text is not null && fix.MaskedLines.Count > 0)
        {
            yield return $"{path} is not usable as it is: secrets are masked with *** in {MaskedLines.Describe(fix.MaskedLines)} of it. "
                + "Put your own values back first.";
        }

        if (fix.Text is not null && fix.Before.Count > 0)
        {
            yield return $"{path} replaces {fix.File}, the last of your values files; the others stay: {ListFiles(fix, path)}.";
        }
    }

    /// <summary>Why no change is offered although values could mend something; empty where one is, or where values mend nothing.</summary>
    /// <param name="fix">The change.</param>
    public static IEnumerable<string> ListRefusals(RunFix fix) => fix.Text is null
        ? fix.Rest.Where(rest => rest.Kind == MendedBy.Values).Select(rest => rest.Reason).Distinct(StringComparer.Ordinal).Take(1)
        : [];

    /// <summary>The options that install the change, all values files included.</summary>
    /// <param name="fix">The change.</param>
    /// <param name="path">The changed file as its reader finds it.</param>
    public static string ListFiles(RunFix fix, string path) =>
        string.Join(' ', fix.Before.Append(path).Select(file => $"-f {Quote(file)}"));

    /// <summary>What has to change, in a word or two.</summary>
    /// <param name="kind">The kind.</param>
    public static string DescribeKind(MendedBy kind) => kind switch
    {
        MendedBy.Decision => "your decision",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Everything that a reader has to know, in lines: what it mends, what it needs, what is left.</summary>
    /// <param name="fix">The change.</param>
    public static IEnumerable<string> ListLines(RunFix fix) =>
    [
        fix.Text is null
            ? "No change of the values mends what failed."
            : $"The change {DescribeEffect(fix)}. Install it and run again to prove it.",
        .. ListWarnings(fix, RunFix.FileName),
        .. fix.Text is null ? [] : fix.Notes,
        .. fix.Needs.Select(need => $"It needs: {need}"),
        .. fix.Rest.Count == 0 ? [] : new[] { "Values cannot mend:" },
        .. fix.Rest.Select(rest => $"  {rest.Id} ({DescribeKind(rest.Kind)}): {rest.Reason}"),
    ];

    private static string Quote(string file) => file.Contains(' ', StringComparison.Ordinal) ? $"'{file}'" : file;
}
