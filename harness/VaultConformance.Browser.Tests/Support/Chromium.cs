using PuppeteerSharp;

namespace VaultConformance.Browser.Tests.Support;

/// <summary>A headless Chromium with an empty profile that fetches nothing by itself.</summary>
internal static class Chromium
{
    /// <summary>Variable with the path of the browser; set by <c>run.sh test</c>.</summary>
    public const string Variable = "VAULT_CONFORMANCE_CHROMIUM";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
    ];

    /// <summary>Starts it, or ends the test: with a failure where CI says that everything must run, otherwise as skipped with the reason.</summary>
    /// <param name="profileFolder">An empty folder.</param>
    public static async Task<IBrowser> StartAsync(string profileFolder)
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(path))
        {
            Refuse($"{Variable} names no Chromium; ./run.sh test sets it, or set it to the path of a Chromium");
        }

        return await Puppeteer.LaunchAsync(new LaunchOptions { Headless = true, ExecutablePath = path, UserDataDir = profileFolder, Args = Arguments });
    }

    private static void Refuse(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
