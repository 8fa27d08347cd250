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
        if (fix?.Text is null)
        {
            return;
        }

        string[] lines =
        [
            $"{RunFix.FileName} beside this summary is {fix.File} with one merged change; it {RunFixText.DescribeEffect(fix)}.",
            .. RunFixText.ListWarnings(fix, RunFix.FileName),
            .. fix.Notes,
            .. fix.Needs.Select(need => $"It needs: {need}"),
        ];
        page.Add("## What to change", string.Empty);
        foreach (var line in lines)
        {
            page.Add($"- {MarkdownText.EscapeInline(line, Sentence)}");
        }

        page.Add(string.Empty);
    }
}
