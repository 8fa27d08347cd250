using PuppeteerSharp;
using PuppeteerSharp.Media;
using VaultConformance.Browser.Tests.Support;

namespace VaultConformance.Browser.Tests;

public sealed class ReportContentTests : BrowserFixture
{
    private const string Hidden = """
        [...document.querySelectorAll('.card-body, .card .findings, .card .remedy, .more pre')]
          .filter(part => !part.checkVisibility() || part.offsetHeight === 0)
          .map(part => part.closest('.card')?.id ?? part.className)
        """;

    [Test]
    public async Task Everything_is_there_and_nothing_is_loaded_or_complained_about()
    {
        await using var page = await OpenAsync();

        Assert.That(await page.EvaluateAsync<string>("document.querySelector('h1').innerText"), Is.EqualTo("NonConformant — stand-in: certifies nothing"));
        Assert.That(await page.ShownAsync(), Is.EquivalentTo(SampleReport.Create().Planned.Select(id => id.ToString())));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.map .tile').length"), Is.EqualTo(SampleReport.Create().Planned.Count));
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.SawItself, "requests are noticed at all");
        Assert.That(page.OtherRequests, Is.Empty);
    }

    [Test]
    public async Task Style_and_script_are_applied_under_the_policy()
    {
        await using var page = await OpenAsync();

        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.classList.contains('scripted')"));
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card')).borderLeftWidth"), Is.EqualTo("4px"));
    }

    [Test]
    public async Task Failed_and_inconclusive_controls_are_open_and_the_others_closed()
    {
        await using var page = await OpenAsync();

        var open = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card > details[open]')].map(details => details.parentElement.id)");

        Assert.That(open, Is.EqualTo(new[] { "CORE-1", "FS-1", "FS-2", "TLS-1", "CORE-2", "PROC-1", "CORE-5" }));
    }

    [Test]
    public async Task Hostile_text_is_shown_as_text_and_does_nothing()
    {
        var report = SampleReport.Hostile(SampleReport.HostileText);
        await using var page = await OpenAsync(report);

        Assert.That(await page.EvaluateAsync<string>("document.title"), Does.StartWith("Incomplete — stand-in: certifies nothing").And.Contains("<img src=x"));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.notice').innerText"), Does.Contain(SampleReport.HostileText));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.card .snippet pre').textContent"), Is.EqualTo(SampleReport.HostileText));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('img, iframe, [onerror], [style], script[src], a[href]:not([href^=\"#\"], [href^=\"evidence/\"])').length"), Is.Zero);
        Assert.That(await page.EvaluateAsync<int>("document.scripts.length"), Is.EqualTo(1));
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.OtherRequests, Is.Empty);
    }

    [Test]
    public async Task No_width_scrolls_sideways([Values(360, 390, 768, 1024, 1440)] int width, [Values] bool hostile)
    {
        var report = hostile ? SampleReport.Hostile(SampleReport.HostileText + new string('w', 300)) : SampleReport.Create();
        await using var page = await OpenAsync(report, Wide(width));
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));

        await page.EvaluateAsync<object>("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.excerpt pre').length"), Is.Positive);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        Assert.That(await page.EvaluateAsync<string[]>(Cut), Is.Empty);
    }

    [Test]
    public async Task What_blocks_the_verdict_comes_first_and_recommendations_look_otherwise()
    {
        await using var page = await OpenAsync();

        Assert.That(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.group')].map(group => group.getAttribute('aria-label'))"),
            Is.EqualTo(new[] { "Failed", "Could not be determined", "Not run", "Recommendations not met", "Recommendations that could not be determined", "Waived", "Passed", "Not applicable" }));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.totals-list').innerText"), Does.Contain("2 recommendations not met"));
        Assert.That(
            await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#CORE-1')).borderLeftColor"),
            Is.Not.EqualTo(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#PROC-1')).borderLeftColor")));
    }

    [Test]
    public async Task Controls_of_one_cause_stand_together()
    {
        await using var page = await OpenAsync();

        var first = await page.EvaluateAsync<string>("document.querySelector('.deviation-groups').innerText");
        Assert.That(first, Does.Contain("The root file system is writable").And.Contain("2 controls"));
        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('li:has(> .deviation-cause) .deviation-ids a')].map(link => link.textContent)"), Is.EqualTo(new[] { "FS-1", "FS-2" }));
    }

    [Test]
    public async Task An_inconclusive_control_shows_how_to_find_out_and_no_fix()
    {
        await using var page = await OpenAsync();

        var text = await page.EvaluateAsync<string>("document.querySelector('#TLS-1 .remedy-what').innerText");
        Assert.That(text, Does.Contain("HOW TO FIND OUT").And.Contain("Run again on a machine with less load").And.Not.Contain("REMEDIATION").And.Not.Contain("tlsDisable"));
    }

    [Test]
    public async Task Sources_evidence_and_keys_that_are_not_set_are_shown()
    {
        await using var page = await OpenAsync();

        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#FS-1 .links a')].map(link => link.href)"), Has.All.StartsWith("https://").And.Not.Empty);
        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#FS-1 .evidence a')].map(link => link.getAttribute('href'))"), Does.Contain("evidence/observations/pod/vault-0/mounts.json"));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('#FS-2 .declared').innerText"), Does.Contain("Nothing in your values sets").And.Contain("server.volumeMounts"));
    }

    [Test]
    public async Task Every_pod_is_summed_up_and_differences_are_named_whole()
    {
        await using var page = await OpenAsync();

        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.pods dt')].map(pod => pod.innerText)"), Is.EqualTo(new[] { "vault-0", "vault-1", "vault-2" }));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.matrix').innerText"), Does.Contain("service/vault-standby:8200"));
    }

    [Test]
    public async Task Paper_shows_every_card_as_it_is_and_no_controls_of_the_page()
    {
        await using var page = await OpenAsync();
        var closed = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card')].filter(card => !card.querySelector('details').open).map(card => card.id)");
        Assert.That(closed, Does.Contain("ID-1"), "on the screen it is closed");
        await page.Page.TypeAsync("#search", "no such control");
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(await page.ShownAsync(), Has.Length.EqualTo(SampleReport.Create().Planned.Count));
        Assert.That((await page.EvaluateAsync<string[]>(Hidden)).Distinct(), Is.EquivalentTo(closed));
        Assert.That(await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input, select')].filter(part => part.offsetParent).length"), Is.Zero);
    }

    [Test]
    public async Task Paper_shows_what_was_opened()
    {
        await using var page = await OpenAsync();
        await page.Page.ClickAsync("#expand");
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(await page.EvaluateAsync<string[]>(Hidden), Is.Empty);
    }

    [Test]
    public async Task Paper_counts_the_facts_that_hold_beside_those_that_do_not()
    {
        const string Shown = """
            [...document.querySelector('table.mixed').querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).map(row => row.className)
            """;
        const string Words = "document.querySelector('table.mixed').parentElement.innerText";
        await using var page = await OpenAsync();
        await page.Page.ClickAsync("#expand");
        Assert.That(await page.EvaluateAsync<string[]>(Shown), Does.Contain("passed").And.Contain("failed"));
        Assert.That(await page.EvaluateAsync<string>(Words), Does.Not.Contain("more fact"));
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(await page.EvaluateAsync<string[]>(Shown), Has.None.EqualTo("passed").And.Not.Empty);
        Assert.That(await page.EvaluateAsync<string>(Words), Does.Match("(One more fact holds|more facts hold); the page and results.json list"));
    }

    [Test]
    public async Task Paper_says_on_each_page_which_run_it_is_of_and_with_which_verdict()
    {
        await using var page = await OpenAsync();

        var rules = await page.EvaluateAsync<string>("[...document.styleSheets[0].cssRules].map(rule => rule.cssText).join('\\n')");
        Assert.That(rules, Does.Contain("VaultConformance run r7f3c9: NonConformant").And.Contain("counter(page)"));
        Assert.That((await page.Page.PdfDataAsync(new PdfOptions { PreferCSSPageSize = true })).Length, Is.GreaterThan(10_000));
    }

    [Test]
    public async Task The_heading_of_a_card_is_on_every_printed_page_that_the_card_is_on()
    {
        await using var page = await OpenAsync();
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card > details[open]')].map(card => getComputedStyle(card).display + ' ' + getComputedStyle(card.querySelector('summary')).display + ' ' + getComputedStyle(card, '::details-content').display)"),
            Has.All.EqualTo("table table-header-group table-row-group"));
    }

    [Test]
    public async Task Without_script_every_control_can_be_read_and_no_dead_button_is_shown()
    {
        await using var page = await OpenAsync();
        await page.Page.SetJavaScriptEnabledAsync(false);
        await page.Page.ReloadAsync();

        var text = await page.EvaluateAsync<string>("document.body.innerText");
        Assert.That(text, Does.Contain("vault-2").And.Contain("PID 1").And.Contain("WHY IT MATTERS"));
        Assert.That(await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input, select')].filter(part => part.offsetParent).length"), Is.Zero);
    }

    [Test]
    public async Task Text_has_enough_contrast_in_light_and_dark([Values("light", "dark")] string theme)
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>($"document.documentElement.dataset.theme = '{theme}'; document.querySelectorAll('details').forEach(details => {{ details.open = true; }})");

        Assert.That(await page.EvaluateAsync<string[]>(ContrastScript.Text), Is.Empty);
    }

    [Test]
    public async Task Axe_finds_nothing_wrong([Values(390, 768, 1024, 1440)] int width, [Values("light", "dark")] string theme)
    {
        await using var page = await OpenAsync(viewPort: Wide(width));
        await page.EvaluateAsync<object>($"document.documentElement.dataset.theme = '{theme}'; document.querySelectorAll('details').forEach(details => {{ details.open = true; }})");

        Assert.That(await page.ListViolationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Axe_would_notice_a_button_without_a_name()
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>("document.getElementById('theme').textContent = ''");

        Assert.That(await page.ListViolationsAsync(), Is.EqualTo(new[] { "button-name: #theme" }));
    }

    [Test]
    public async Task Text_with_little_contrast_would_be_noticed()
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>("document.querySelector('.verdict-sentence').style.color = '#999'");

        Assert.That(await page.EvaluateAsync<string[]>(ContrastScript.Text), Is.EqualTo(new[] { "P.verdict-sentence in verdict nonconformant of-stand-in: 2.85", "SPAN.whole in verdict-sentence: 2.85" }));
    }
}
