using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

[Platform("Linux,MacOsX")]
public sealed class HostCommandsTests
{
    [Test]
    public async Task Both_streams_and_the_exit_code_come_back()
    {
        var result = await new HostCommands().RunAsync(new HostCommand("sh", "-c", "echo out; echo err >&2; exit 3"), CancellationToken.None);

        Assert.That(result, Is.EqualTo(new HostCommandResult(3, "out\n", "err\n")));
    }

    [Test]
    public async Task A_missing_program_is_a_result()
    {
        var result = await new HostCommands().RunAsync(new HostCommand("no-such-program-here"), CancellationToken.None);

        Assert.That(result.ExitCode, Is.EqualTo(HostCommandResult.NotFound));
    }

    [Test]
    public async Task The_log_gets_both_streams()
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "x.log");

        await new HostCommands().RunAsync(new HostCommand("sh", "-c", "echo out; echo err >&2") { LogFile = log }, CancellationToken.None);

        Assert.That(await File.ReadAllLinesAsync(log), Is.EquivalentTo((string[])["out", "err"]));
    }

    [Test]
    public async Task Cancelling_ends_what_the_program_started_too()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var file = Path.Combine(folder.Path, "grandchild");

        await Assert.ThatAsync(
            () => new HostCommands().RunAsync(new HostCommand("sh", "-c", $"sh -c 'echo $$ > {file}; sleep 60'; true"), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var id = (await File.ReadAllTextAsync(file)).Trim();
        Assert.That(() => IsAlive(id), Is.False.After(3000, 50));
    }

    private static bool IsAlive(string processId) =>
        File.Exists($"/proc/{processId}/stat") && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z", StringComparison.Ordinal);
}
