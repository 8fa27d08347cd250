using System.Diagnostics;
using System.Runtime.Versioning;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;

namespace VaultConformance.Cli.Tests;

/// <summary>Pipes that nobody writes to, and output that leads nowhere, end in one sentence and never in a wait.</summary>
[UnsupportedOSPlatform("windows")]
[CancelAfter(60_000)]
public sealed class PipesAndStreamsTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("replay", "pipe")]
    [TestCase("verify", "pipe")]
    [TestCase("report", "--from", "pipe", "--fix")]
    [TestCase("compare", "pipe", "pipe")]
    [TestCase("profile", "check", "pipe")]
    [TestCase("waivers", "audit", "pipe")]
    [TestCase("run", "--values", "pipe")]
    [TestCase("run", "--patch", "pipe")]
    [TestCase("run", "--prepare", "pipe")]
    [TestCase("run", "--setup", "pipe")]
    [TestCase("run", "--kubeconfig", "pipe", "--context", "a")]
    public async Task A_pipe_is_refused(params string[] arguments)
    {
        await MakePipeAsync("pipe");

        var result = await _app.RunAsync(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(3).Or.EqualTo(4), result.Error);
        Assert.That(result.Error, Does.Contain("is a pipe, which can be read only once").IgnoreCase);
    }

    [Test]
    public async Task A_pipe_in_place_of_the_settings_is_refused()
    {
        await MakePipeAsync("vault-conformance.yaml");

        var result = await _app.RunAsync("run");

        Assert.That((result.ExitCode, _app.Pipeline.Plan), Is.EqualTo((3, (object?)null)));
        Assert.That(result.Error, Does.Contain("is a pipe"));
    }

    [TestCase("empty")]
    [TestCase("/dev/null")]
    [TestCase("/proc/self/status")]
    public async Task Files_without_a_length_are_no_pipes(string path)
    {
        _app.WriteWork("empty", "");

        var result = await _app.RunAsync("replay", path);

        Assert.That(result.Error, Is.Not.Empty.And.Not.Contain("pipe"));
    }

    [Test]
    public void Standard_output_that_is_gone_ends_the_program_with_one_sentence()
    {
        using var output = new ConsoleWriter(new Gone(), required: true);

        Assert.That(() => output.WriteLine("a"), Throws.InstanceOf<HarnessException>().With.Message.StartsWith("Standard output cannot be written: No space left on device."));
        Assert.That(() => output.WriteLine("b"), Throws.Nothing, "said once");
    }

    [Test]
    public void Standard_error_that_is_gone_reaches_nobody()
    {
        using var error = new ConsoleWriter(new Gone(), required: false);

        Assert.That(() => error.WriteLine("a"), Throws.Nothing);
    }

    private async Task MakePipeAsync(string name)
    {
        using var made = Process.Start("mkfifo", [Path.Combine(_app.WorkingFolder, name)]);
        await made.WaitForExitAsync();
        Assert.That(made.ExitCode, Is.Zero);
    }

    private sealed class Gone : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
