using VaultConformance.Cli.Output;

namespace VaultConformance.TestRunner;

/// <summary>The browser that the tests of <c>report.html</c> open pages in: one that is there, or the distribution's own.</summary>
/// <param name="console">Told before anything is installed, and why nothing is.</param>
/// <param name="variables">The environment.</param>
/// <param name="host">Starts programs.</param>
internal sealed class BrowserSetup(CliConsole console, IReadOnlyDictionary<string, string> variables, IBrowserHost host)
{
    /// <summary>Variable with the path of the browser; also how the tests are told.</summary>
    public const string Variable = "VAULT_CONFORMANCE_CHROMIUM";

    private const string OwnChoice = $"name one in {Variable}";

    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    /// <summary>
    /// The browser of this machine: the one that the variable names, or the first on <c>PATH</c> that starts; null when there is none.
    /// </summary>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (variables.GetValueOrDefault(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        // Asked, because Ubuntu has a chromium-browser that only says to use another package manager.
        foreach (var path in Names.Select(host.FindOnPath).OfType<string>())
        {
            if (await host.RunAsync(path, ["--version"], cancellationToken) == 0)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>As <see cref="FindAsync"/>; installs one when there is none and that is allowed.</summary>
    /// <param name="setupAllowed">False when nothing may be installed.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    public async Task<string?> EnsureAsync(bool setupAllowed, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } found)
        {
            return found;
        }

        if (!setupAllowed || !host.CanInstall)
        {
            var reason =
                setupAllowed ? "it can be installed as root on Debian and Ubuntu only" : "installing it is forbidden by --no-setup";
            console.WriteLine(
                $"There is no Chromium on this machine, and {reason}. Install Chromium or Chrome, or {OwnChoice}.", Tone.Warning);
            return null;
        }

        console.WriteLine("Installing the packages 'chromium' and 'fonts-dejavu-core' with apt, for the tests of report.html");
        return await InstallAsync(cancellationToken) ? await FindAsync(cancellationToken) : null;
    }

    private async Task<bool> InstallAsync(CancellationToken cancellationToken)
    {
        string[][] steps =
        [
            ["update"],
            [
                "install", "--yes", "--no-install-recommends", "--no-remove", "-o", "DPkg::Lock::Timeout=300", "chromium",
                "fonts-dejavu-core"
            ],
        ];
        foreach (var step in steps)
        {
            var exitCode = await host.RunAsync("apt-get", step, cancellationToken);
            if (exitCode != 0)
            {
                console.WriteLine($"'apt-get {string.Join(' ', step)}' ended with exit code {exitCode}. Put apt in order, install "
                    + $"Chromium yourself, or {OwnChoice}.", Tone.Warning);
                return false;
            }
        }

        return true;
    }
}
