using PuppeteerSharp;
using VaultConformance.Browser.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Browser.Tests;

/// <summary>Opens reports in a real browser, from a file, as a reader does.</summary>
[Category("Browser"), NonParallelizable]
public abstract class BrowserFixture
{
    /// <summary>Boxes whose content is wider than they are, except those that are made to be scrolled.</summary>
    private protected const string Cut = """
        [...document.querySelectorAll('main *, header *')]
          .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && getComputedStyle(part).display !== 'inline' && !part.closest('.unseen, svg, .chips, select, input'))
          .map(part => `${part.tagName}.${part.className}`)
        """;

    private static readonly ViewPortOptions Desk = new() { Width = 1280, Height = 900 };

    private string _profileFolder = string.Empty;
    private IBrowser? _browser;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _profileFolder = Directory.CreateTempSubdirectory("chromium-profile-").FullName;
        _browser = await Chromium.StartAsync(_profileFolder);
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        Directory.Delete(_profileFolder, recursive: true);
    }

    /// <summary>Opens a page.</summary>
    private protected Task<OpenPage> OpenPageAsync(string html, ViewPortOptions? viewPort = null) => OpenPage.OpenAsync(_browser!, html, viewPort ?? Desk);

    /// <summary>A window or a phone of this width.</summary>
    private protected static ViewPortOptions Wide(int width) => width < 500
        ? new ViewPortOptions { Width = width, Height = 740, IsMobile = true, HasTouch = true }
        : new ViewPortOptions { Width = width, Height = 900 };

    /// <summary>Opens a report.</summary>
    private protected Task<OpenPage> OpenAsync(ConformanceReport? report = null, ViewPortOptions? viewPort = null) =>
        OpenPage.OpenAsync(_browser!, report ?? SampleReport.Create(), viewPort ?? Desk);
}
