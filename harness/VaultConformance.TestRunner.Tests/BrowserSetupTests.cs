using VaultConformance.Cli.Output;

namespace VaultConformance.TestRunner.Tests;

public sealed class BrowserSetupTests
{
    private readonly Dictionary<string, string> _variables = [];
    private readonly FakeHost _host = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [SetUp]
    public void Forget()
    {
        _variables.Clear();
        _host.Reset();
        _output.GetStringBuilder().Clear();
    }

    [OneTimeTearDown]
    public void Close() => _output.Dispose();

    [Test]
    public async Task The_browser_that_the_variable_names_is_taken_unseen()
    {
        _variables[BrowserSetup.Variable] = "/opt/browser";
        _host.Programs["chromium"] = 0;

        Assert.That(await EnsureAsync(), Is.EqualTo("/opt/browser"));
        Assert.That(_host.Asked, Is.Empty);
    }

    [Test]
    public async Task The_first_browser_that_starts_is_taken()
    {
        _host.Programs["google-chrome"] = 0;
        _host.Programs["chromium"] = 1;

        Assert.That(await EnsureAsync(), Is.EqualTo("/bin/google-chrome"));
        Assert.That(_output.ToString(), Is.Empty);
    }

    [Test]
    public async Task A_missing_browser_is_installed_after_saying_so()
    {
        _host.Programs["apt-get"] = 0;
        _host.Installs = "chromium";

        Assert.That(await EnsureAsync(), Is.EqualTo("/bin/chromium"));
        Assert.That(_output.ToString(), Is.EqualTo("Installing the packages 'chromium' and 'fonts-dejavu-core' with apt, for the tests of report.html\n"));
        Assert.That(_host.Asked, Is.EqualTo(new[]
        {
            "apt-get update",
            "apt-get install --yes --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 chromium fonts-dejavu-core",
            "/bin/chromium --version",
        }));
    }

    [Test]
    public async Task A_failing_installation_says_what_to_do()
    {
        _host.Programs["apt-get"] = 100;

        Assert.That(await EnsureAsync(), Is.Null);
        Assert.That(
            _output.ToString(),
            Does.EndWith("'apt-get update' ended with exit code 100. Put apt in order, install Chromium yourself, or name one in VAULT_CONFORMANCE_CHROMIUM.\n"));
    }

    [Test]
    public async Task Where_nothing_may_be_installed_nothing_is()
    {
        _host.Programs["apt-get"] = 0;

        Assert.That(await EnsureAsync(setupAllowed: false), Is.Null);
        Assert.That(_host.Asked, Is.Empty);
        Assert.That(
            _output.ToString(),
            Is.EqualTo(
                "There is no Chromium on this machine, and installing it is forbidden by --no-setup. Install Chromium or Chrome, or name one in VAULT_CONFORMANCE_CHROMIUM.\n"));
    }

    [Test]
    public async Task Where_nothing_can_be_installed_it_says_so()
    {
        Assert.That(await EnsureAsync(), Is.Null);
        Assert.That(_output.ToString(), Does.StartWith("There is no Chromium on this machine, and it can be installed as root on Debian and Ubuntu only."));
    }

    [Test]
    public async Task Looking_for_a_browser_installs_none()
    {
        _host.Programs["apt-get"] = 0;
        _host.Installs = "chromium";

        Assert.That(await new BrowserSetup(CliConsole.Log(_output, _output), _variables, _host).FindAsync(CancellationToken.None), Is.Null);
        Assert.That(_host.Asked, Is.Empty);
    }

    [Test]
    public async Task This_machine_runs_programs_and_quotes_those_that_fail()
    {
        var host = new BrowserHost(_output, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! });

        Assert.That(await host.RunAsync(host.FindOnPath("dotnet")!, ["--version"], CancellationToken.None), Is.Zero);
        Assert.That(_output.ToString(), Is.Empty);
        Assert.That(await host.RunAsync(host.FindOnPath("dotnet")!, ["no-such-verb"], CancellationToken.None), Is.Not.Zero);
        Assert.That(_output.ToString(), Does.Contain("no-such-verb"));
        Assert.That(await host.RunAsync("/no/such/program", [], CancellationToken.None), Is.EqualTo(127));
    }

    private Task<string?> EnsureAsync(bool setupAllowed = true) =>
        new BrowserSetup(CliConsole.Log(_output, _output), _variables, _host).EnsureAsync(setupAllowed, CancellationToken.None);

    /// <summary>A machine with some programs, each with the exit code that it ends with.</summary>
    private sealed class FakeHost : IBrowserHost
    {
        public Dictionary<string, int> Programs { get; } = [];

        public List<string> Asked { get; } = [];

        /// <summary>What a successful installation brings.</summary>
        public string? Installs { get; set; }

        public bool CanInstall => Programs.ContainsKey("apt-get");

        public void Reset()
        {
            Programs.Clear();
            Asked.Clear();
            Installs = null;
        }

        public string? FindOnPath(string name) => Programs.ContainsKey(name) ? "/bin/" + name : null;

        public Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
        {
            Asked.Add($"{program} {string.Join(' ', arguments)}");
            var exitCode = Programs[Path.GetFileName(program)];
            if (arguments[0] == "install" && Installs is not null)
            {
                Programs[Installs] = exitCode;
            }

            return Task.FromResult(exitCode);
        }
    }
}
