using PuppeteerSharp;
using VaultConformance.Browser.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Browser.Tests;

public sealed class ReportInteractionTests : BrowserFixture
{
    [Test]
    public async Task Outcome_level_and_family_filter_together()
    {
        await using var page = await OpenAsync();

        await page.Page.ClickAsync(".chip[data-status=Failed]");
        Assert.That(await page.ShownAsync(), Is.EqualTo(new[] { "CORE-1", "FS-1", "FS-2" }));
        await page.Page.ClickAsync(".chip[data-status=Waived]");
        Assert.That(await page.ShownAsync(), Is.EqualTo(new[] { "CORE-1", "FS-1", "FS-2", "MEM-4" }));
        await page.Page.SelectAsync("#level", "MUST");
        Assert.That(await page.ShownAsync(), Does.Contain("CORE-1").And.Contain("FS-1"));
        await page.Page.SelectAsync("#family", "FS");
        Assert.That(await page.ShownAsync(), Is.EqualTo(new[] { "FS-1", "FS-2" }));
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('count').textContent"), Is.EqualTo($"2 of {SampleReport.Create().Planned.Count} controls"));

        await page.Page.ClickAsync(".filters [data-clear]");
        Assert.That(await page.ShownAsync(), Has.Length.EqualTo(SampleReport.Create().Planned.Count));
    }

    [Test]
    public async Task Filters_stand_in_the_address_and_are_there_again_when_it_is_opened()
    {
        await using var page = await OpenAsync();
        await page.Page.ClickAsync(".chip[data-status=Failed]");
        await page.Page.SelectAsync("#family", "FS");
        await page.Page.TypeAsync("#search", "vault/file");
        var address = await page.EvaluateAsync<string>("location.href");
        Assert.That(address, Does.Contain("#filter?outcome=Failed&family=FS&search=vault%2Ffile"));

        await page.Page.GoToAsync("about:blank");
        await page.Page.GoToAsync(address);

        Assert.That(await page.ShownAsync(), Is.EqualTo(new[] { "FS-2" }));
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('search').value"), Is.EqualTo("vault/file"));
        await page.Page.ClickAsync(".filters [data-clear]");
        Assert.That(await page.EvaluateAsync<string>("location.hash"), Is.EqualTo("#controls"));
    }

    [Test]
    public async Task An_address_with_filters_that_do_not_exist_shows_every_control()
    {
        await using var page = await OpenAsync();

        await page.EvaluateAsync<object>("location.hash = '#filter?outcome=Nothing&family=NONE&level=%3Cb%3E'");
        await page.Page.WaitForFunctionAsync("() => location.hash.startsWith('#filter')");

        Assert.That(await page.ShownAsync(), Has.Length.EqualTo(SampleReport.Create().Planned.Count));
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_filters_stay_in_sight_while_the_controls_are_read()
    {
        await using var page = await OpenAsync();

        await page.EvaluateAsync<object>("document.getElementById('ID-1').scrollIntoView()");

        Assert.That(await page.EvaluateAsync<double>("document.querySelector('.filters').getBoundingClientRect().top"), Is.InRange(-1, 1));
    }

    [Test]
    public async Task Search_finds_words_in_titles_findings_and_remediation_also_of_closed_cards()
    {
        await using var page = await OpenAsync();

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("UNLIMITED hard");
        Assert.That(await page.ShownAsync(), Does.Contain("CORE-1").And.Not.Contain("FS-1"));

        await page.EvaluateAsync<object>("document.getElementById('search').value = ''");
        await page.Page.TypeAsync("#search", "tls_min_version");
        Assert.That(await page.ShownAsync(), Is.EqualTo(new[] { "TLS-2" }));

        await page.Page.TypeAsync("#search", "nowhere");
        Assert.That(await page.ShownAsync(), Is.Empty);
        Assert.That(await page.EvaluateAsync<bool>("document.getElementById('no-match').checkVisibility()"));
    }

    [Test]
    public async Task A_tile_opens_its_control_even_when_it_was_filtered_out()
    {
        await using var page = await OpenAsync();
        await page.Page.ClickAsync(".chip[data-status=Failed]");

        await page.Page.ClickAsync(".tile[href='#ID-2']");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#ID-2 details').open && document.getElementById('ID-2').offsetParent");

        Assert.That(await page.ShownAsync(), Does.Contain("ID-2"));
    }

    [Test]
    public async Task Remediation_is_copied_as_it_is_on_the_page_of_the_control()
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");

        await page.Page.ClickAsync("#FS-1 [data-copy]");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#FS-1 [data-copy]').textContent === 'Copied'");

        var snippet = SampleReport.Create().Results.Single(result => result.Control.Id == ControlId.Parse("FS-1")).Control.Guide!.Snippets[0].Text;
        Assert.That(await page.EvaluateAsync<string>("window.copied"), Is.EqualTo(snippet));
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('announcer').textContent"), Is.EqualTo("Copied to the clipboard"));
    }

    [Test]
    public async Task Where_the_clipboard_is_refused_the_text_is_copied_the_old_way_or_selected()
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");

        await page.Page.ClickAsync(".digests [data-copy]");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.digests [data-copy]').textContent !== 'Copy'");

        Assert.That(await page.EvaluateAsync<string>("getSelection().toString()"), Does.Match("^[0-9a-f]{64}$"));
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_theme_follows_the_system_until_it_is_chosen()
    {
        await using var page = await OpenAsync();
        const string Paper = "getComputedStyle(document.body).backgroundColor";
        var light = await page.EvaluateAsync<string>(Paper);

        await page.Page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = "dark" }]);
        var dark = await page.EvaluateAsync<string>(Paper);
        Assert.That(dark, Is.Not.EqualTo(light));
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('theme').getAttribute('aria-pressed')"), Is.EqualTo("true"));

        await page.Page.ClickAsync("#theme");
        Assert.That(await page.EvaluateAsync<string>(Paper), Is.EqualTo(light));
        Assert.That(await page.EvaluateAsync<string>("document.getElementById('theme').getAttribute('aria-pressed')"), Is.EqualTo("false"));

        await page.Page.ReloadAsync();
        Assert.That(await page.EvaluateAsync<string>(Paper), Is.EqualTo(light));
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task Cards_open_by_keyboard_and_all_at_once()
    {
        await using var page = await OpenAsync();

        await page.Page.FocusAsync("#ID-1 summary");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.That(await page.EvaluateAsync<bool>("document.querySelector('#ID-1 details').open"));

        await page.Page.ClickAsync("#expand");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.card > details:not([open])').length"), Is.Zero);
        await page.Page.ClickAsync("#expand");
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.card > details[open]').length"), Is.Zero);
    }
}
