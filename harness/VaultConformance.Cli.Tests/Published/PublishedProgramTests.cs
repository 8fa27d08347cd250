using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests.Published;

/// <summary>A published program needs no clone: profiles, pages of controls, style and script of the report are inside it.</summary>
[CancelAfter(120_000)]
public sealed class PublishedProgramTests
{
    private PublishedProgram _published = null!;
    private IReadOnlyList<string> _files = [];

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        _published = await PublishedProgram.PublishAsync(CancellationToken.None);
        _files = _published.Files();
        await (await EvidenceBundle.HardenedAsync()).WriteAsync(Path.Combine(_published.WorkingFolder, "evidence.vcb"));
        var key = KeyPair.New();
        Write("private.pem", key.PrivatePem);
        Write("public.pem", key.PublicPem);
        Write("mine.yaml", TestApp.ProfileText("mine"));
        Write("waivers.yaml", """
            waivers:
            - id: fs-3-until-chart
              control: FS-3
              scope: {chart: ">=0.30.0 <0.36.0"}
              reason: the chart copies the configuration
              owner: a@example.org
              approvedBy: b@example.org
              expires: 2099-01-01
              link: https://example.org/1

            """);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        Assert.That(_published.Files(), Is.EqualTo(_files), "the program wrote into its own folder");
        _published.Dispose();
    }

    [TestCase(" controls. Disruptive ones", "controls")]
    [TestCase("baseline@1.0", "profile", "list")]
    [TestCase("hardened@1.0", "profile", "show", "hardened")]
    [TestCase("mine@1.0 is valid", "profile", "check", "mine.yaml")]
    [TestCase("fs-3-until-chart", "waivers", "audit", "waivers.yaml")]
    [TestCase("hardened@1.0", "replay", "evidence.vcb", "--profile", "hardened@1.0")]
    [TestCase("mine@1.0", "replay", "evidence.vcb", "--profile", "mine.yaml", "--waivers", "waivers.yaml")]
    [TestCase("ok       results", "verify", "evidence.vcb")]
    [TestCase("No regression", "compare", "evidence.vcb", "evidence.vcb")]
    [TestCase("  clean ", "--help")]
    public async Task A_verb_works_outside_any_clone(string expected, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.That(result.Error, Is.Empty);
        Assert.That(result.Output, Does.Contain(expected));
        Assert.That(result.ExitCode, Is.LessThan(3));
    }

    [Test]
    public async Task A_report_is_written_whole_with_guides_style_and_script()
    {
        var result = await RunAsync("report", "--from", "evidence.vcb", "--output", "report");

        Assert.That(result.Error, Is.Empty);
        var page = await File.ReadAllTextAsync(Path.Combine(_published.WorkingFolder, "report", "report.html"));
        Assert.That(page, Does.Contain("<style>").And.Contain("<script>").And.Contain("CORE-1"));
        Assert.That(File.Exists(Path.Combine(_published.WorkingFolder, "report", "results.sarif")), Is.True);
    }

    [Test]
    public async Task A_result_is_signed_and_verified()
    {
        var signed = await RunAsync("attest", "evidence.vcb", "--key", "private.pem", "--output", "signed.json");
        var verified = await RunAsync("verify", "evidence.vcb", "--attestation", "signed.json", "--key", "public.pem");

        Assert.That((signed.ExitCode, signed.Error), Is.EqualTo((0, string.Empty)));
        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, string.Empty)), verified.Output);
    }

    [TestCase("A run without --values needs a clone of this repository, and 'PROGRAM' is in none: give --values, or start run.sh or run.ps1 of a clone.", "run")]
    [TestCase("Building the offline kit needs a clone of this repository, and 'PROGRAM' is in none: start run.sh or run.ps1 of a clone.", "offline", "build", "--no-setup")]
    public async Task A_verb_that_needs_a_clone_says_so_in_one_sentence(string message, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.That(
            (result.ExitCode, result.Error.Trim(), result.Output),
            Is.EqualTo((4, "Error: " + message.Replace("PROGRAM", _published.Program + Path.DirectorySeparatorChar, StringComparison.Ordinal), string.Empty)));
    }

    [Test]
    public async Task A_run_with_values_needs_no_clone()
    {
        Write("values.yaml", "server: {}\n");

        var result = await RunAsync("run", "--values", "values.yaml", "--no-setup");

        Assert.That(result.Output, Does.Contain("values.yaml"));
        Assert.That(result.Error, Does.Contain("No Docker engine answers").And.Not.Contain("clone"));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_published.WorkingFolder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private Task<CliResult> RunAsync(params string[] arguments) => _published.RunAsync(arguments, TestContext.CurrentContext.CancellationToken);
}
