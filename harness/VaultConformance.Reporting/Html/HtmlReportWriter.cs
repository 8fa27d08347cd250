using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
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
    public async Task<string> RenderAsync(ConformanceReport report)
    {
        await using var renderer = new HtmlRenderer(new NoServices(), NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportPage.Report)] = report });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<ReportPage>(parameters);
            return page.ToHtmlString().ReplaceLineEndings("\n") + "\n";
        });
    }

    /// <summary>The components need no services; the renderer asks for optional ones only.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
