using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Tests;

/// <summary>The page holds what it was made to hold and nothing that a text brought along; it loads nothing.</summary>
public sealed class HtmlSafetyTests
{
    private static readonly string[] Elements =
    [
        "a", "article", "b", "body", "button", "caption", "circle", "code", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "head", "header", "html",
        "input", "label", "li", "link", "main", "meta", "nav", "option", "output", "p", "path", "pre", "rect", "script", "section", "select", "span", "strong", "style", "summary", "svg",
        "symbol", "table", "tbody", "td", "tfoot", "th", "thead", "time", "title", "tr", "ul", "use",
    ];

    private static readonly string[] Attributes =
    [
        "aria-hidden", "aria-label", "aria-labelledby", "aria-pressed", "autocomplete", "charset", "class", "content", "cx", "cy", "d", "data-clear", "data-copy",
        "data-copy-text", "data-copyable", "data-family", "data-label", "data-level", "data-status", "datetime", "focusable", "height", "hidden", "href", "http-equiv", "id", "lang",
        "name", "open", "placeholder", "preserveaspectratio", "r", "rel", "role", "scope", "spellcheck", "stroke-dasharray",
        "tabindex", "title", "type", "value", "viewbox", "width", "x", "y",
    ];

    private static readonly string[] Places =
    [
        ".notice", ".verdict-sentence", ".facts dt", ".facts dd", ".digest-name", ".digests code", ".card-title", ".card .reason", ".findings .where", ".findings .actual",
        ".declared-key", ".remedy-what > p", ".remedy-why > p", ".sources", ".snippet pre", ".waiver dd", ".waiver-head", ".phases th", ".page-foot",
    ];

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public async Task Hostile_text_brings_nothing_along(string name) => Assert.That(Foreign(await ParseAsync(HtmlSamples.Full(HostileTexts.Of(name)))), Is.Empty);

    [Test]
    public void Any_text_brings_nothing_along() => Prop.ForAll<string?>(
        text => !Foreign(ParseAsync(HtmlSamples.Full(text ?? string.Empty)).GetAwaiter().GetResult()).Any()).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithQuietOnSuccess(true));

    [TestCase("<script>alert('x')</script><img src=x onerror=alert(1)>")]
    [TestCase("</pre></details></article></style></script><!--")]
    [TestCase("\"' onmouseover=alert(1) x=\"")]
    [TestCase("&lt;b&gt; &amp; &#60;")]
    public async Task Hostile_text_is_shown_as_it_is(string text)
    {
        var page = await ParseAsync(HtmlSamples.Full(text));

        foreach (var place in Places)
        {
            Assert.That(page.QuerySelectorAll(place).Select(element => element.TextContent), Has.Some.Contains(text), place);
        }
    }

    [Test]
    public async Task Invisible_and_active_characters_are_made_visible()
    {
        var page = await ParseAsync(HtmlSamples.Full(HostileTexts.Of("directions and invisible breaks") + HostileTexts.Of("terminal colours")));

        Assert.That(page.Body!.TextContent, Does.Contain("\\u202Egnp.exe").And.Contain("\\u001B[31m"));
        Assert.That(page.Body.TextContent.Where(character => char.IsControl(character) && character is not ('\n' or '\t')), Is.Empty);
        Assert.That(page.Body.TextContent, Does.Not.Contain("\u202e"));
    }

    [Test]
    public async Task The_policy_allows_the_pages_own_style_and_script_and_nothing_else()
    {
        var page = await ParseAsync(SampleReports.Mixed());

        var style = page.QuerySelectorAll("style").Single().TextContent;
        var script = page.QuerySelectorAll("script").Single().TextContent;
        Assert.That(
            page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content"),
            Is.EqualTo($"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'"));
        Assert.That(
            page.Head!.Children.Take(2).Select(element => element.GetAttribute("http-equiv") ?? "charset"),
            Is.EqualTo(new[] { "charset", "Content-Security-Policy" }),
            "it has to precede what it is about");
        Assert.That(style, Does.Not.Contain("url(").And.Not.Contain("@import"));
        Assert.That(script, Does.Not.Contain("fetch").And.Not.Contain("XMLHttpRequest").And.Not.Contain("innerHTML").And.Not.Contain("eval("));
    }

    [Test]
    public async Task Nothing_is_loaded_and_links_stay_on_the_page()
    {
        var page = await ParseAsync(HtmlSamples.Full("https://evil.example/x.png"));

        Assert.That(page.QuerySelectorAll("[src], [srcset], [action], [formaction], [background], [poster]"), Is.Empty);
        Assert.That(page.QuerySelectorAll("[href]").Select(element => element.GetAttribute("href")), Has.All.Matches("^(#.*|data:,|evidence/[^:]*)$"));
        Assert.That(
            (await ParseAsync(HtmlSamples.Linked("javascript:alert(1)", "http://plain.example/", "https://example.org/a\"b"))).QuerySelectorAll(".links a").Select(link => link.GetAttribute("href")),
            Is.EqualTo(new[] { "https://example.org/a\"b" }));
    }

    [Test]
    public async Task The_page_ends_its_lines_as_all_files_do_and_is_whole()
    {
        var html = await new HtmlReportWriter().RenderAsync(SampleReports.Mixed());

        Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.EndsWith("</html>\n").And.Not.Contain("\r"));
    }

    [Test]
    public async Task Ids_are_unique_and_every_reference_leads_somewhere()
    {
        var page = await ParseAsync(HtmlSamples.Full("x"));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();

        Assert.That(ids, Is.Unique);
        Assert.That(page.QuerySelectorAll("[href^='#']").Select(element => element.GetAttribute("href")![1..]).Distinct(), Is.SubsetOf(ids));
        Assert.That(page.QuerySelectorAll("[aria-labelledby]").Select(element => element.GetAttribute("aria-labelledby")).Distinct(), Is.SubsetOf(ids));
    }

    private static IEnumerable<string> Foreign(IHtmlDocument page)
    {
        var elements = page.All.Where(element => !Elements.Contains(element.LocalName)).Select(element => $"element {element.LocalName}");
        var attributes = page.All.SelectMany(element => element.Attributes)
            .Where(attribute => !Attributes.Contains(attribute.Name.ToLowerInvariant()))
            .Select(attribute => $"attribute {attribute.Name}");
        var scripts = page.Scripts.Length == 1 && page.Scripts[0].Parent == page.Head ? [] : new[] { "a script" };
        var comments = page.Descendants<IComment>().Select(_ => "a comment");
        return elements.Concat(attributes).Concat(scripts).Concat(comments);
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static async Task<IHtmlDocument> ParseAsync(ConformanceReport report) => new HtmlParser().ParseDocument(await new HtmlReportWriter().RenderAsync(report));
}
