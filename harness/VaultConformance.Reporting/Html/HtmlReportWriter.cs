using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Html;

/// <summary>Writes <c>report.html</c>: one page for people, with everything in it, that loads nothing from anywhere.</summary>
/// <remarks>
/// Razor components make it, because they encode every text by default. Only the page's own style and script are put in as they are.
/// </remarks>
public sealed class HtmlReportWriter : IReportWriter
{
    /// <inheritdoc />
    public string FileName => "report.html";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) => PageRenderer.RenderAsync<ReportPage>(nameof(ReportPage.Report), report);
}
