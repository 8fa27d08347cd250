using VaultConformance.Harness;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

/// <summary>Starts a second engine beside the machine's own, with everything of its own: files, socket and network.</summary>
[Category("Cluster"), Platform("Linux"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class DockerDaemonTests
{
    [Test, CancelAfter(90_000)]
    public async Task An_engine_that_we_start_runs_in_a_session_of_its_own_until_it_is_stopped(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var progress = new RecordedProgress();
        var engine = Engine(folder);

        var reachable = await engine.EnsureAsync(SetupPolicy.Allow, progress, cancellationToken);
        var processId = (await File.ReadAllTextAsync(Path.Combine(folder.Path, "engine", "dockerd.pid"), cancellationToken)).Trim();
        var session = await SessionOfAsync(processId, cancellationToken);
        var stopped = await engine.StopAsync(cancellationToken);

        Assert.That(reachable.Version, Is.Not.Empty);
        Assert.That(session, Is.Not.EqualTo(await SessionOfAsync("self", cancellationToken)));
        Assert.That(progress.Events.Select(e => e.Message), Has.Some.StartsWith("Starting the Docker engine; it stays running"));
        Assert.That((stopped, await engine.ProbeAsync(cancellationToken)), Is.EqualTo((true, (EngineStatus)new EngineStatus.Unreachable(Endpoint(folder), $"there is no socket {folder.Path}/engine.sock"))));
    }

    [Test, CancelAfter(90_000)]
    public async Task An_engine_that_cannot_start_says_why(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        await Assert.ThatAsync(
            () => Engine(folder, "--storage-driver=nonsense").EnsureAsync(SetupPolicy.Allow, new RecordedProgress(), cancellationToken),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("dockerd ended").And.Message.Contains("nonsense"));
    }

    private static DockerEngine Engine(TemporaryFolder folder, params string[] further) => new(
        new KitPaths(folder.Path),
        TimeProvider.System,
        Endpoint(folder),
        new LinuxHost(["debian"], IsRoot: true, HasSystemd: false),
        new InOwnNetwork(),
        [
            $"--host=unix://{folder.Path}/engine.sock", $"--data-root={folder.Path}/data", $"--exec-root={folder.Path}/exec",
            $"--pidfile={folder.Path}/own.pid", "--iptables=false", "--ip6tables=false", .. further,
        ]);

    private static EngineEndpoint Endpoint(TemporaryFolder folder) => new(new Uri($"unix://{folder.Path}/engine.sock"), IsChosen: false);

    private static async Task<string> SessionOfAsync(string processId, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync($"/proc/{processId}/stat", cancellationToken)).Split(") ")[1].Split(' ')[3];

    // A second engine in the same network would take the first one's bridge away.
    private sealed class InOwnNetwork : IHostCommands
    {
        private readonly HostCommands _commands = new();

        public Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken) => _commands.RunAsync(
            command.Program == "setsid" ? command with { Arguments = [.. command.Arguments.SelectMany(Wrap)] } : command, cancellationToken);

        private static IReadOnlyList<string> Wrap(string argument) => argument == "dockerd" ? ["unshare", "--net", argument] : [argument];
    }
}
