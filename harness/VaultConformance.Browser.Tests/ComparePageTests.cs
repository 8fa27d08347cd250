using PuppeteerSharp.Media;
using VaultConformance.Browser.Tests.Support;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Browser.Tests;

/// <summary>The page that <c>compare</c> writes, at every width, in both themes and on paper.</summary>
public sealed class ComparePageTests : BrowserFixture
{
    private static readonly int[] Widths = [390, 768, 1024, 1440];

    [Test]
    public async Task No_width_scrolls_sideways([ValueSource(nameof(Widths))] int width, [Values] bool hostile)
    {
        await using var page = await OpenPageAsync(await RenderAsync(hostile), Wide(width));

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await page.EvaluateAsync<object>("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        Assert.That(await page.EvaluateAsync<string[]>(Cut), Is.Empty);
    }

    [Test]
    public async Task Axe_finds_nothing_wrong([ValueSource(nameof(Widths))] int width, [Values("light", "dark")] string theme)
    {
        await using var page = await OpenPageAsync(await RenderAsync(), Wide(width));
        await page.EvaluateAsync<object>($"document.documentElement.dataset.theme = '{theme}'; document.querySelectorAll('details').forEach(details => {{ details.open = true; }})");

        Assert.That(await page.ListViolationsAsync(), Is.Empty);
        Assert.That(await page.EvaluateAsync<string[]>(ContrastScript.Text), Is.Empty);
    }

    [Test]
    public async Task What_became_worse_comes_first_and_is_open()
    {
        await using var page = await OpenPageAsync(await RenderAsync());

        Assert.That(await page.EvaluateAsync<string>("document.querySelector('h1').innerText"), Is.EqualTo("Regression"));
        var worst = Compare().Regressions.Select(control => $"{control.Id}").First();
        Assert.That((await page.ShownAsync())[0], Is.EqualTo(worst));
        Assert.That(await page.EvaluateAsync<bool>($"document.querySelector('#{worst} details').open"));
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.OtherRequests, Is.Empty);
    }

    [Test]
    public async Task Hostile_text_is_shown_as_text_and_does_nothing()
    {
        await using var page = await OpenPageAsync(await RenderAsync(hostile: true));

        Assert.That(await page.EvaluateAsync<string>("document.body.innerText"), Does.Contain("<img src=x"));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('img, iframe, [onerror], [style], a[href^=\"http\"]').length"), Is.Zero);
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.OtherRequests, Is.Empty);
    }

    [Test]
    public async Task Paper_shows_the_cards_as_they_are_and_names_both_runs_and_the_verdict_on_each_page()
    {
        await using var page = await OpenPageAsync(await RenderAsync());
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card-body')].filter(body => body.checkVisibility() && body.offsetHeight > 0).map(body => body.closest('.card').id)"),
            Is.EquivalentTo(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card > details[open]')].map(details => details.parentElement.id)")).And.Not.Empty);
        Assert.That(await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input, select')].filter(part => part.offsetParent).length"), Is.Zero);
        Assert.That(
            await page.EvaluateAsync<string>("[...document.styleSheets[0].cssRules].map(rule => rule.cssText).join('\\n')"),
            Does.Contain("VaultConformance run earlier to run r7f3c9: Regression, now NonConformant").And.Contain("counter(page)"));
    }

    private static Task<string> RenderAsync(bool hostile = false) => ComparisonHtml.RenderAsync(Compare(hostile));

    private static RunComparison Compare(bool hostile = false)
    {
        var now = hostile ? SampleReport.Hostile(SampleReport.HostileText + new string('w', 300)) : SampleReport.Create();
        var was = now with
        {
            RunId = "earlier",
            Subject = [new SubjectFact("Chart", "vault 0.33.0")],
            Results = [.. now.Results.Select((result, place) => result with
            {
                Outcome = place % 3 == 0 ? Outcome.Passed : result.Outcome,
                Findings = [.. result.Findings.Select(finding => finding with { Actual = "0", Outcome = Outcome.Passed })],
            })],
        };
        return RunComparison.Compare(ComparedRun.From(was), ComparedRun.From(now));
    }
}
