using VaultConformance.Harness;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

public sealed class DockerEngineTests
{
    private static readonly LinuxHost DebianRoot = new(["debian"], IsRoot: true, HasSystemd: false);

    [Test]
    public async Task A_missing_socket_is_the_reason()
    {
        using var folder = new TemporaryFolder();

        var status = await Engine(folder, DebianRoot).ProbeAsync(CancellationToken.None);

        Assert.That(status, Is.TypeOf<EngineStatus.Unreachable>().With.Property("Reason").EqualTo($"there is no socket {folder.Path}/no.sock"));
    }

    [Test]
    public async Task A_socket_that_nobody_listens_on_is_unreachable()
    {
        using var folder = new TemporaryFolder();
        folder.Write("no.sock", "");

        Assert.That(await Engine(folder, DebianRoot).ProbeAsync(CancellationToken.None), Is.TypeOf<EngineStatus.Unreachable>());
    }

    [TestCase("tcp://127.0.0.1:1")]
    [TestCase("http://127.0.0.1:1")]
    [TestCase("carrier-pigeon://roof")]
    public async Task An_address_where_nobody_can_answer_is_told_like_any_other(string address)
    {
        using var folder = new TemporaryFolder();
        var endpoint = new EngineEndpoint(new Uri(address), IsChosen: true);
        var engine = new DockerEngine(new KitPaths(folder.Path), TimeProvider.System, endpoint, DebianRoot, new ScriptedCommands(), []);

        await Assert.ThatAsync(
            () => engine.EnsureAsync(SetupPolicy.Allow, new RecordedProgress(), CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.StartsWith($"No Docker engine answers at {address}: ").And.Message.Contains("DOCKER_HOST chose this engine"));
    }

    [Test]
    public async Task Forbidden_setup_names_both_commands()
    {
        await AssertRefusedAsync(DebianRoot, SetupPolicy.Forbid, "forbidden by --no-setup. Run 'apt-get install --yes docker.io' and 'dockerd' in a terminal of its own");
    }

    [Test]
    public async Task Forbidden_setup_of_an_installed_engine_names_how_to_start_it()
    {
        await AssertRefusedAsync(DebianRoot with { HasSystemd = true }, SetupPolicy.Forbid, "Run 'systemctl start docker', or", "Docker version 26.1.5");
    }

    [Test]
    public async Task A_user_who_is_not_root_is_told_what_to_run_as_root()
    {
        await AssertRefusedAsync(DebianRoot with { IsRoot = false }, SetupPolicy.Allow, "needs root. Run 'sudo apt-get install --yes docker.io' and 'sudo dockerd'");
    }

    [Test]
    public async Task Another_system_gets_other_ways_out()
    {
        await AssertRefusedAsync(new LinuxHost(["fedora"], IsRoot: true, HasSystemd: true), SetupPolicy.Allow, "on Debian and Ubuntu only", installed: "");
    }

    [Test]
    public async Task An_engine_that_the_user_chose_is_never_set_up()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands();
        var engine = Engine(folder, DebianRoot, commands, isChosen: true);

        await Assert.ThatAsync(
            () => engine.EnsureAsync(SetupPolicy.Allow, new RecordedProgress(), CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.Contains("DOCKER_HOST chose this engine"));
        Assert.That(commands.Lines, Has.None.StartsWith("apt-get"));
    }

    [Test]
    public async Task A_daemon_that_ends_at_once_ends_the_wait_with_its_last_words()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("dockerd --version", "Docker version 27.0.1, build x");
        folder.Write("engine/dockerd.log", "level=fatal msg=\"no room for the pid file\"\n");
        using var daemon = new DyingDaemon(commands, Path.Combine(folder.Path, "engine"));

        await Assert.ThatAsync(
            () => new DockerEngine(new KitPaths(folder.Path), TimeProvider.System, Endpoint(folder, false), DebianRoot, daemon, [])
                .EnsureAsync(SetupPolicy.Allow, new RecordedProgress(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10)),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("no room for the pid file"));
    }

    [Test]
    public async Task There_is_nothing_to_stop_when_we_started_nothing()
    {
        using var folder = new TemporaryFolder();

        Assert.That(await Engine(folder, DebianRoot).StopAsync(CancellationToken.None), Is.False);
    }

    [TestCase("tcp://build:2375", true)]
    [TestCase("unix:///var/run/docker.sock", false)]
    [TestCase(null, false)]
    public void Docker_host_decides_where_the_engine_is(string? value, bool isChosen)
    {
        Assert.That(EngineEndpoint.FromEnvironment(_ => value).IsChosen, Is.EqualTo(isChosen));
    }

    [Test]
    public void A_docker_host_that_is_no_address_is_refused()
    {
        Assert.That(
            () => EngineEndpoint.FromEnvironment(_ => "docker"),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration));
    }

    [Test]
    public void The_distribution_is_read_with_its_relatives()
    {
        Assert.That(LinuxHost.ParseDistribution("NAME=\"Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), Is.EqualTo((string[])["linuxmint", "ubuntu", "debian"]));
    }

    private static async Task AssertRefusedAsync(LinuxHost host, SetupPolicy policy, string message, string installed = "")
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("dockerd --version", installed);
        await Assert.ThatAsync(
            () => Engine(folder, host, commands).EnsureAsync(policy, new RecordedProgress(), CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.Contains(message).And.Message.Contains("No Docker engine answers at unix://")
                .And.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment));
    }

    private static DockerEngine Engine(TemporaryFolder folder, LinuxHost host, ScriptedCommands? commands = null, bool isChosen = false) =>
        new(new KitPaths(folder.Path), TimeProvider.System, Endpoint(folder, isChosen), host, commands ?? new ScriptedCommands(), []);

    private static EngineEndpoint Endpoint(TemporaryFolder folder, bool isChosen) => new(new Uri($"unix://{folder.Path}/no.sock"), isChosen);

    // Plays a launcher whose program is gone as soon as its process id is written down.
    private sealed class DyingDaemon(ScriptedCommands commands, string folder) : IHostCommands, IDisposable
    {
        public async Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
        {
            if (command.Program == "setsid")
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "dockerd.pid"), "999999999\n", cancellationToken);
            }

            return await commands.RunAsync(command, cancellationToken);
        }

        public void Dispose() => File.Delete(Path.Combine(folder, "dockerd.pid"));
    }
}
