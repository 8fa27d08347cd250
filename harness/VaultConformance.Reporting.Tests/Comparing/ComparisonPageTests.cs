using AngleSharp.Html.Parser;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests.Comparing;

/// <summary>The page <c>compare.html</c>.</summary>
public sealed class ComparisonPageTests
{
    [Test]
    public async Task It_says_first_whether_anything_became_worse_and_shows_what_was_seen()
    {
        var page = await ParseAsync(SampleRuns.Compare(
            SampleReports.Result("CORE-1", Outcome.Passed, Requirement.Must, SampleRuns.Finding("vault-0", Outcome.Passed, "0")),
            SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, SampleRuns.Finding("vault-0", Outcome.Failed, "unlimited"))));

        Assert.That((page.Title, page.QuerySelector("h1")!.TextContent), Is.EqualTo(("Regression – VaultConformance compare", "Regression")));
        Assert.That(page.QuerySelector("#CORE-1 details")!.HasAttribute("open"));
        Assert.That(page.QuerySelector("#CORE-1 .findings tbody tr")!.TextContent, Does.Contain("regressed").And.Contain("unlimited"));
    }

    [Test]
    public async Task Without_a_change_it_says_so() =>
        Assert.That(
            (await ParseAsync(SampleRuns.Compare(SampleReports.Result("ID-1", Outcome.Passed), SampleReports.Result("ID-1", Outcome.Passed)))).Body!.TextContent,
            Does.Contain("No regression").And.Contain("No control changed."));

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public async Task Hostile_text_is_shown_as_text(string name)
    {
        var run = ComparedRun.From(SampleReports.Hostile(HostileTexts.Of(name)));

        var page = await ParseAsync(RunComparison.Compare(SampleRuns.Of(SampleReports.Result("CORE-1", Outcome.Passed)), run));

        Assert.That(page.QuerySelectorAll("img, iframe, [onerror], [style]"), Is.Empty);
        Assert.That(page.Scripts.Length, Is.EqualTo(1));
        Assert.That(page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")), Has.All.Matches("^(#.*|data:,)$"));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ParseAsync(RunComparison comparison) =>
        new HtmlParser().ParseDocument(await ComparisonHtml.RenderAsync(comparison));
}
