using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers;

/// <summary>Says in the summary which change of the values there is, and what has to be known before it is used.</summary>
internal static class MarkdownFix
{
    private const int Sentence = 2000;

    /// <summary>Adds it to the page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="fix">The change; null when there is none.</param>
    public static void Add(BoundedPage page, RunFix? fix)
    {
        if (fix is null)
        {
            return;
        }

        page.Add("## What to change", string.Empty);
        AddLines(page, fix.Text is null ? ["No change of the values mends what failed."] : ListChange(fix));
        if (fix.Rest.Count > 0)
        {
            page.Add("Values cannot mend:", string.Empty);
            AddLines(page, [.. fix.Rest.Select(rest => $"{rest.Id} ({RunFixText.DescribeKind(rest.Kind)}): {rest.Reason}")]);
        }
    }

    private static string[] ListChange(RunFix fix) =>
    [
        $"{RunFix.FileName} beside this summary is {fix.File} with one merged change; it {RunFixText.DescribeEffect(fix)}.",
        .. RunFixText.ListWarnings(fix, RunFix.FileName),
        .. fix.Notes,
        .. fix.Needs.Select(need => $"It needs: {need}"),
    ];

    private static void AddLines(BoundedPage page, string[] lines)
    {
        foreach (var line in lines)
        {
            page.Add($"- {MarkdownText.EscapeInline(line, Sentence)}");
        }

        page.Add(string.Empty);
    }
}
