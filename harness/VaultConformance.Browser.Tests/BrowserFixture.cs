using PuppeteerSharp;
using VaultConformance.Browser.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Browser.Tests;

/// <summary>Opens reports in a real browser, from a file, as a reader does.</summary>
[Category("Browser"), NonParallelizable]
public abstract class BrowserFixture
{
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

    /// <summary>Opens a report.</summary>
    private protected Task<OpenPage> OpenAsync(ConformanceReport? report = null, ViewPortOptions? viewPort = null) =>
        OpenPage.OpenAsync(_browser!, report ?? SampleReport.Create(), viewPort ?? Desk);
}
