using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using PuppeteerSharp;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Browser.Tests.Support;

/// <summary>A report that is open in the browser, with everything that the browser asked for or complained about.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _file;

    private OpenPage(IPage page, string file)
    {
        Page = page;
        _file = file;
        page.Request += (_, arguments) => _requests.Enqueue(arguments.Request.Url);
        page.Console += (_, arguments) => _complaints.Enqueue($"{arguments.Message.Type}: {arguments.Message.Text}");
        page.PageError += (_, arguments) => _complaints.Enqueue($"error: {arguments.Message}");
        page.Dialog += async (_, arguments) =>
        {
            _complaints.Enqueue($"dialog: {arguments.Dialog.Message}");
            await arguments.Dialog.Dismiss();
        };
    }

    public IPage Page { get; }

    /// <summary>True when the request for the page itself was noticed.</summary>
    public bool SawItself => _requests.Contains(new Uri(_file).AbsoluteUri);

    /// <summary>What was requested besides the page itself and its empty icon.</summary>
    public IEnumerable<string> OtherRequests => _requests.Where(url => url.Split('#')[0] != new Uri(_file).AbsoluteUri && url != "data:,");

    /// <summary>Console messages, errors and dialogs.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <summary>Renders a report into a file and opens it.</summary>
    public static async Task<OpenPage> OpenAsync(IBrowser browser, ConformanceReport report, ViewPortOptions viewPort) =>
        await OpenAsync(browser, await new HtmlReportWriter().RenderAsync(report), viewPort);

    /// <summary>Writes a page into a file and opens it.</summary>
    public static async Task<OpenPage> OpenAsync(IBrowser browser, string html, ViewPortOptions viewPort)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("report-html-").FullName, "report.html");
        await File.WriteAllTextAsync(file, html);
        var page = await browser.NewPageAsync();
        var open = new OpenPage(page, file);
        await page.SetViewportAsync(viewPort);

        // Without smooth scrolling, so that a click meets what it aims at.
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersReducedMotion, Value = "reduce" }]);
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        return open;
    }

    /// <summary>What an expression in the page comes to.</summary>
    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>Ids of the controls that are shown.</summary>
    public Task<string[]> ShownAsync() => EvaluateAsync<string[]>("[...document.querySelectorAll('.card')].filter(card => card.offsetParent).map(card => card.id)");

    /// <summary>What axe finds wrong: the rule, and where.</summary>
    public async Task<string[]> ListViolationsAsync()
    {
        await Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        return await EvaluateAsync<string[]>(
            "axe.run().then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`)))");
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }
}
