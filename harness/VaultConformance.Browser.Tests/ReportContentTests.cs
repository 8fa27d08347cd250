using PuppeteerSharp;
using PuppeteerSharp.Media;
using VaultConformance.Browser.Tests.Support;

namespace VaultConformance.Browser.Tests;

public sealed class ReportContentTests : BrowserFixture
{
    private static readonly ViewPortOptions Phone = new() { Width = 360, Height = 740, IsMobile = true, HasTouch = true };

    private const string Hidden = """
        [...document.querySelectorAll('.card-body, .card .findings, .card .remedy, .more pre')]
          .filter(part => !part.checkVisibility() || part.offsetHeight === 0)
          .map(part => part.closest('.card')?.id ?? part.className)
        """;

    [Test]
    public async Task Everything_is_there_and_nothing_is_loaded_or_complained_about()
    {
        await using var page = await OpenAsync();

        Assert.That(await page.EvaluateAsync<string>("document.querySelector('h1').innerText"), Is.EqualTo("NonConformant"));
        Assert.That(await page.ShownAsync(), Is.EqualTo(SampleReport.Create().Planned.Select(id => id.ToString())));
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

        Assert.That(open, Is.EqualTo(new[] { "CORE-1", "CORE-2", "CORE-5", "FS-1", "PROC-1" }));
    }

    [Test]
    public async Task Hostile_text_is_shown_as_text_and_does_nothing()
    {
        var report = SampleReport.Hostile(SampleReport.HostileText);
        await using var page = await OpenAsync(report);

        Assert.That(await page.EvaluateAsync<string>("document.title"), Does.StartWith("Incomplete").And.Contains("<img src=x"));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.notice').innerText"), Does.Contain(SampleReport.HostileText));
        Assert.That(await page.EvaluateAsync<string>("document.querySelector('.card .snippet pre').textContent"), Is.EqualTo(SampleReport.HostileText));
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('img, iframe, [onerror], [style], script[src], a[href]:not([href^=\"#\"])').length"), Is.Zero);
        Assert.That(await page.EvaluateAsync<int>("document.scripts.length"), Is.EqualTo(1));
        Assert.That(page.Complaints, Is.Empty);
        Assert.That(page.OtherRequests, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_phone_shows_it_without_scrolling_sideways(bool hostile)
    {
        var report = hostile ? SampleReport.Hostile(SampleReport.HostileText + new string('w', 300)) : SampleReport.Create();
        await using var page = await OpenAsync(report, Phone);
        await page.EvaluateAsync<object>("document.querySelectorAll('details').forEach(details => { details.open = true; })");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
    }

    [Test]
    public async Task Paper_shows_every_card_open_and_no_controls_of_the_page()
    {
        await using var page = await OpenAsync();
        Assert.That(await page.EvaluateAsync<string[]>(Hidden), Does.Contain("ID-1"), "on the screen it is closed");
        await page.Page.TypeAsync("#search", "no such control");
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);

        Assert.That(await page.ShownAsync(), Has.Length.EqualTo(SampleReport.Create().Planned.Count));
        Assert.That(await page.EvaluateAsync<string[]>(Hidden), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("[...document.querySelectorAll('button, input, select')].filter(part => part.offsetParent).length"), Is.Zero);
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
    public async Task Text_with_little_contrast_would_be_noticed()
    {
        await using var page = await OpenAsync();
        await page.EvaluateAsync<object>("document.querySelector('.verdict-sentence').style.color = '#999'");

        Assert.That(await page.EvaluateAsync<string[]>(ContrastScript.Text), Is.EqualTo(new[] { "P.verdict-sentence in verdict nonconformant: 2.85" }));
    }
}
