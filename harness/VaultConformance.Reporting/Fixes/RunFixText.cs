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
            .Select(group => $"{string.Join(", ", group.Select(mended => mended.Id))} with {group.Key}");
        return string.Join("; ", [own, .. after]);
    }

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
            : $"The change mends {ListMended(fix)}. Install it and run again to prove it.",
        .. fix.Text is null ? [] : fix.Notes,
        .. fix.Needs.Select(need => $"It needs: {need}"),
        .. fix.Rest.Count == 0 ? [] : new[] { "Values cannot mend:" },
        .. fix.Rest.Select(rest => $"  {rest.Id} ({DescribeKind(rest.Kind)}): {rest.Reason}"),
    ];
}
