using System.Diagnostics;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests;

public sealed class HtmlReportTests
{
    [Test]
    public async Task Notice_and_verdict_come_first()
    {
        var page = await ParseAsync(SampleReports.Mixed());
        var texts = page.QuerySelectorAll(".notice, h1, h2, .card").ToList();

        Assert.That(texts[0].TextContent, Does.EndWith(SampleReports.StandIn));
        Assert.That(texts[1].TextContent, Is.EqualTo("NonConformant"));
        Assert.That(texts.Skip(2).Select(text => text.TagName), Has.None.EqualTo("H1"));
        Assert.That(page.Title, Is.EqualTo("NonConformant – VaultConformance vault 0.34.1, run r7f3"));
        Assert.That(page.QuerySelector(".verdict-sentence")!.TextContent, Is.EqualTo("Required controls failed: CORE-1."));
        Assert.That(page.QuerySelector(".total-all")!.TextContent, Is.EqualTo("7 controls"));
    }

    [Test]
    public async Task A_stand_in_is_told_even_when_no_notice_does()
    {
        var page = await ParseAsync(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed)) with { StandIn = true });

        Assert.That(page.QuerySelector("header .notice")!.TextContent.Trim(), Does.Contain("Warning").And.Contain("STAND-IN: a stand-in was tested."));
        Assert.That((page.Title, page.QuerySelector("h1")!.TextContent), Is.EqualTo(
            ("Conformant — stand-in: certifies nothing – VaultConformance vault 0.34.1, run r7f3", "Conformant — stand-in: certifies nothing")));
        Assert.That((await ParseAsync(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed)))).QuerySelector(".notice"), Is.Null);
    }

    [Test]
    public async Task Every_planned_control_has_a_tile_and_a_card_also_when_it_did_not_run()
    {
        var page = await ParseAsync(SampleReports.Mixed());
        var planned = SampleReports.Mixed().Planned.Select(id => id.ToString()).ToList();

        Assert.That(page.QuerySelectorAll(".card").Select(card => card.Id), Is.EqualTo(new[] { "CORE-1", "CORE-5", "TLS-2", "PROC-1", "TLS-1", "ID-1", "MEM-3" }));
        Assert.That(page.QuerySelectorAll(".tile").Select(tile => tile.GetAttribute("href")), Is.EqualTo(planned.Select(id => "#" + id)));
        Assert.That(page.QuerySelectorAll(".card").Select(card => card.GetAttribute("data-status")), Is.EqualTo(new[]
        {
            "Failed", "Inconclusive", "NotRun", "NotMet", "Waived", "Passed", "NotApplicable",
        }));
        Assert.That(page.GetElementById("TLS-2")!.TextContent, Does.Contain("did not run").And.Contain("the verdict cannot be Conformant"));
    }

    [Test]
    public async Task Failed_and_inconclusive_controls_are_open()
    {
        var page = await ParseAsync(SampleReports.Mixed());

        Assert.That(page.QuerySelectorAll(".card:has(> details[open])").Select(card => card.Id), Is.EqualTo(new[] { "CORE-1", "CORE-5", "PROC-1" }));
    }

    [Test]
    public async Task A_card_says_what_was_seen_pod_by_pod()
    {
        var rows = (await ParseAsync(SampleReports.Mixed())).QuerySelectorAll("#CORE-1 .findings tbody tr").Select(Cells).ToList();

        Assert.That(rows, Is.EqualTo(new[] { "Failed|vault-0|core file size limit|0 (soft and hard)|unlimitedEvidence: observations/pod/vault-0/processes.jsonobservations/release/objects.json", "Passed|vault-1|core file size limit|0 (soft and hard)|0" }));
    }

    [Test]
    public async Task Pods_that_say_the_same_share_a_row_in_natural_order()
    {
        var findings = new[] { "vault-10", "vault-2", "vault-1" }.Select(pod => new Finding(pod, "UID", "not 0", "100", Outcome.Passed)).ToArray();
        var page = await ParseAsync(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed, Requirement.Must, findings)));

        Assert.That(page.QuerySelectorAll("#ID-1 .findings tbody tr"), Has.Length.EqualTo(1));
        Assert.That(page.QuerySelectorAll("#ID-1 .subject").Select(name => name.TextContent), Is.EqualTo(new[] { "vault-1", "vault-2", "vault-10" }));
    }

    [Test]
    public async Task The_map_says_where_pods_differ()
    {
        var page = await ParseAsync(SampleReports.Mixed());

        Assert.That(page.QuerySelectorAll(".matrix dt").Select(head => head.TextContent), Is.EqualTo(new[] { "CORE-1" }));
        Assert.That(page.QuerySelectorAll(".matrix .target").Select(target => target.TextContent), Is.EqualTo(new[] { "vault-0Failed", "vault-1Passed" }));
    }

    [Test]
    public async Task Declared_values_guide_and_waivers_are_shown()
    {
        var text = (await ParseAsync(HtmlSamples.Full("some text"))).Body!.TextContent;

        Assert.That(text, Does.Contain("some text:7").And.Contain("Why it matters").And.Contain("2026-06-30, end of day UTC"));
        Assert.That(text, Does.Contain("chart some text, platform some text, pod some text"));
    }

    [Test]
    public async Task What_was_tested_and_how_long_it_took_is_shown()
    {
        var page = await ParseAsync(SampleReports.Mixed());

        Assert.That(page.QuerySelectorAll(".phases tbody th").Select(head => head.TextContent), Is.EqualTo(new[] { "cluster", "controls" }));
        Assert.That(page.QuerySelectorAll(".phase-time").Select(time => time.TextContent), Is.EqualTo(new[] { "31.3 s", "2.5 s", "33.8 s" }));
        Assert.That(page.QuerySelectorAll(".phases .bar").Select(bar => bar.GetAttribute("x")), Is.EqualTo(new[] { "0", "926" }));
        Assert.That(page.QuerySelectorAll(".facts > div").Select(fact => fact.TextContent.Trim()), Has.Some.Contains("vault 0.34.1"));
        Assert.That(
            page.QuerySelectorAll(".run-facts dd").Select(fact => fact.TextContent),
            Is.EqualTo(new[] { "baseline@1.0", "r7f3", "2026-03-01 12:00:00 UTC", "48.3 s", "vault-conformance 0.1.0" }));
        Assert.That(page.GetElementById("PROC-1")!.TextContent, Does.Contain("chart-inherent: the start script does not exec"));
    }

    [Test]
    public async Task A_run_without_any_result_is_a_page_too()
    {
        var page = await ParseAsync(SampleReports.Of() with { Planned = [ControlId.Parse("ID-1")], Problem = "The cluster did not start.", Subject = [], Phases = [] });

        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Incomplete"));
        Assert.That(page.GetElementById("ID-1")!.TextContent, Does.Contain("The run did not finish: The cluster did not start."));
        Assert.That(page.Body!.TextContent, Does.Contain("The run ended before there was anything to test."));
    }

    [Test]
    public async Task A_huge_text_is_cut_and_many_make_the_page_no_larger_than_a_few_megabytes()
    {
        var report = HtmlSamples.Big(60, 9, 5, textLength: 100_000);

        var html = await new HtmlReportWriter().RenderAsync(report);

        Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThan(8_000_000));
        Assert.That(html, Does.Contain("characters, see results.json)"));
    }

    [Test]
    public async Task Sixty_controls_on_nine_pods_are_rendered_within_a_second()
    {
        var report = HtmlSamples.Big(60, 9, 5, textLength: 120);
        var writer = new HtmlReportWriter();
        var size = Encoding.UTF8.GetByteCount(await writer.RenderAsync(report));
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await writer.RenderAsync(report);
            best = Stopwatch.GetElapsedTime(started) < best ? Stopwatch.GetElapsedTime(started) : best;
        }

        await TestContext.Out.WriteLineAsync($"{best.TotalMilliseconds:0} ms, {size / 1e6:0.00} MB");
        Assert.That(best, Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(size, Is.LessThan(4_000_000));
    }

    private static string Cells(IElement row) => string.Join('|', row.QuerySelectorAll("td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    private static async Task<IHtmlDocument> ParseAsync(ConformanceReport report) => new HtmlParser().ParseDocument(await new HtmlReportWriter().RenderAsync(report));
}
