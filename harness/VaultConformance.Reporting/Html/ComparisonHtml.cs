using VaultConformance.Reporting.Comparing;

namespace VaultConformance.Reporting.Html;

/// <summary>Writes <c>compare.html</c>: one page for people, as self-contained as the report.</summary>
public static class ComparisonHtml
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "compare.html";

    /// <summary>The comparison as a page.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Task<string> RenderAsync(RunComparison comparison) =>
        PageRenderer.RenderAsync<ComparePage>(nameof(ComparePage.Comparison), comparison);
}
