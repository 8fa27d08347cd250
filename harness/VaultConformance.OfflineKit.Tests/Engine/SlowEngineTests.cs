using System.Net.Sockets;
using System.Text;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

/// <summary>An engine that is busy is there all the same: it is waited for, and nothing is started beside it.</summary>
[Platform("Linux", Reason = "The engine is played on a Unix socket.")]
[CancelAfter(60_000)]
public sealed class SlowEngineTests
{
    private static readonly LinuxHost DebianRoot = new(["debian"], IsRoot: true, HasSystemd: false);

    private ScriptedCommands _commands = null!;
    private RecordedProgress _progress = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create()
    {
        _commands = new ScriptedCommands().Answer("dockerd --version", "Docker version 27.0.1, build x");
        _progress = new RecordedProgress();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task An_engine_that_answers_after_six_seconds_is_waited_for(CancellationToken cancellationToken)
    {
        using var engine = Listen();
        var answering = AnswerAsync(engine, TimeSpan.FromSeconds(6), cancellationToken);

        var reachable = await Engine().EnsureAsync(SetupPolicy.Forbid, _progress, TimeSpan.FromMinutes(1), cancellationToken);

        await answering;
        Assert.That(reachable.Version, Is.EqualTo("27.1"));
        Assert.That(Notices, Is.EqualTo((string[])[$"The Docker engine at unix://{_folder.Path}/e.sock is slow: something listens there, and no answer came within 5 s. Waiting for it, at most 00:01:00."]));
    }

    [Test]
    public async Task An_engine_that_stays_silent_ends_the_wait_and_nothing_is_started(CancellationToken cancellationToken)
    {
        using var engine = Listen();

        await Assert.ThatAsync(
            () => Engine().EnsureAsync(SetupPolicy.Allow, _progress, TimeSpan.FromSeconds(2), cancellationToken),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("It is there, so none is started beside it. Restart it, or allow more time with --timeout."));

        Assert.That(_commands.Lines, Is.Empty);
    }

    [Test]
    public async Task A_process_that_does_not_listen_yet_is_waited_for_and_not_doubled(CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(
            () => Engine(daemon: 4711).EnsureAsync(SetupPolicy.Allow, _progress, TimeSpan.FromSeconds(1), cancellationToken),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("its process 4711 runs and does not listen yet"));

        Assert.That(_commands.Lines, Is.Empty);
    }

    [Test]
    public async Task A_socket_that_was_left_by_an_engine_that_is_gone_is_no_engine(CancellationToken cancellationToken)
    {
        Listen().Dispose();
        _folder.Write("e.sock", "");

        await Assert.ThatAsync(
            () => Engine().EnsureAsync(SetupPolicy.Forbid, _progress, TimeSpan.FromMinutes(1), cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("No Docker engine answers"));
        Assert.That(Notices, Is.Empty);
    }

    [Test]
    public async Task Two_programs_at_once_start_one_engine(CancellationToken cancellationToken)
    {
        using var starter = new StartingDaemon(_commands, Listen, cancellationToken);
        DockerEngine Of() =>
            new(new KitPaths(_folder.Path), TimeProvider.System, new EngineEndpoint(new Uri($"unix://{_folder.Path}/e.sock"), false), DebianRoot, starter, []) { FindDaemon = () => null };

        var reached = await Task.WhenAll(
            Of().EnsureAsync(SetupPolicy.Allow, _progress, TimeSpan.FromMinutes(1), cancellationToken),
            Of().EnsureAsync(SetupPolicy.Allow, _progress, TimeSpan.FromMinutes(1), cancellationToken));

        Assert.That(reached.Select(engine => engine.Version), Has.All.EqualTo("27.1"));
        Assert.That(starter.Started, Is.EqualTo(1));
        Assert.That(Notices.Count(notice => notice.StartsWith("Starting the Docker engine", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task An_engine_that_another_program_takes_too_long_to_start_is_not_started_twice(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "engine"));
        await using var held = new FileStream(Path.Combine(_folder.Path, "engine", ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        await Assert.ThatAsync(
            () => Engine().EnsureAsync(SetupPolicy.Allow, _progress, TimeSpan.FromSeconds(1), cancellationToken),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("another run to start the Docker engine").And.Message.Contains("If no other run is active, delete "));
        Assert.That(_commands.Lines, Has.None.StartsWith("setsid"));
    }

    // Plays a launcher whose program listens a moment later and then answers everybody.
    private sealed class StartingDaemon(ScriptedCommands commands, Func<Socket> listen, CancellationToken cancellationToken) : IHostCommands, IDisposable
    {
        private readonly List<Socket> _sockets = [];
        private int _started;

        public int Started => _started;

        public Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken token)
        {
            if (command.Program == "setsid" && Interlocked.Increment(ref _started) == 1)
            {
                _ = Task.Run(
                    async () =>
                    {
                        await Task.Delay(500, cancellationToken);
                        var socket = listen();
                        _sockets.Add(socket);
                        while (!cancellationToken.IsCancellationRequested)
                        {
                            await SlowEngineTests.AnswerAsync(socket, TimeSpan.Zero, cancellationToken);
                        }
                    },
                    cancellationToken);
            }

            return commands.RunAsync(command, token);
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }

    private IEnumerable<string> Notices => _progress.Events.Where(item => item.Kind == ProgressKind.Notice).Select(item => item.Message);

    private DockerEngine Engine(int? daemon = null) =>
        new(new KitPaths(_folder.Path), TimeProvider.System, new EngineEndpoint(new Uri($"unix://{_folder.Path}/e.sock"), false), DebianRoot, _commands, []) { FindDaemon = () => daemon };

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "e.sock")));
        socket.Listen();
        return socket;
    }

    // Everybody who comes before the time is kept waiting; from then on everybody is answered until one took the answer.
    private static async Task AnswerAsync(Socket engine, TimeSpan after, CancellationToken cancellationToken)
    {
        var busy = Task.Delay(after, cancellationToken);
        while (true)
        {
            using var client = await engine.AcceptAsync(cancellationToken);
            await busy;
            await client.ReceiveAsync(new byte[1024], cancellationToken);
            const string Body = """{"Version":"27.1","ApiVersion":"1.46"}""";
            var answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nApi-Version: 1.46\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}";
            try
            {
                await client.SendAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
                return;
            }
            catch (SocketException)
            {
                continue;
            }
        }
    }
}
