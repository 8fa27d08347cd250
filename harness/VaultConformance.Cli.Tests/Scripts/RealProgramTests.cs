using System.Net.Sockets;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>The program as a process of its own: with an engine that is played on a socket, and as a user without rights.</summary>
[Platform("Linux", Reason = "Unix sockets, shell scripts and setpriv.")]
[CancelAfter(60_000)]
public sealed class RealProgramTests
{
    private const string Helm = """
        #!/bin/sh
        case "$1" in
            version) echo v4.0.1 ;;
            show) echo 'name: vault'; echo 'version: 0.34.1'; echo 'appVersion: 1.20.4' ;;
            *) echo 'Error: execution error at (vault/templates/server.yaml:3:4): there is no such key' >&2; exit 1 ;;
        esac

        """;

    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Values_that_do_not_render_end_a_run_before_anything_is_built(CancellationToken cancellationToken)
    {
        using var engine = Listen(UnixFileMode.UserRead | UnixFileMode.UserWrite, out var address);
        var answering = AnswerAsync(engine, cancellationToken);
        _app.WriteWork("chart/Chart.yaml", "apiVersion: v2\nname: vault\nversion: 0.34.1\n");
        _app.WriteWork("v.yaml", "server: {}\n");
        Allow(_app.WriteWork("helm", Helm), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = await RunAsync([], ["run", "v.yaml", "--chart", "chart", "--helm", Path.Combine(_app.WorkingFolder, "helm"), "--offline", "-o", "out"], address, cancellationToken);

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.StandardError + result.StandardOutput, Does.Contain("there is no such key").And.Not.Contain("offline kit").And.Not.Contain("starting K3s node"));
        Assert.That(Directory.Exists(Path.Combine(_app.Folder, "cache", "vault-conformance", "kit")), Is.False);
        engine.Dispose();
        Assert.That(async () => await answering, Throws.InstanceOf<SocketException>().Or.InstanceOf<OperationCanceledException>().Or.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_user_who_may_not_use_the_engine_is_told_so_and_nothing_is_started(CancellationToken cancellationToken)
    {
        using var engine = Listen(UnixFileMode.UserRead | UnixFileMode.UserWrite, out var address);

        var doctor = await RunAsync(Nobody(), ["doctor"], address, cancellationToken);
        _app.WriteWork("v.yaml", "server: {}\n");
        var run = await RunAsync(Nobody(), ["run", "v.yaml", "-o", Path.Combine(_app.Folder, "open", "out")], address, cancellationToken);

        Assert.That((doctor.ExitCode, run.ExitCode), Is.EqualTo((4, 4)));
        Assert.That(doctor.StandardOutput, Does.Contain("may not be used").And.Contain("group"));
        Assert.That(run.StandardError, Does.Contain("permission").And.Contain("group").And.Not.Contain("dockerd"));
    }

    [Test]
    public async Task A_values_file_without_permission_says_who_may_not_read_it(CancellationToken cancellationToken)
    {
        Allow(_app.WriteWork("v.yaml", "server: {}\n"), UnixFileMode.UserRead);

        var result = await RunAsync(Nobody(), ["run", "v.yaml", "-o", Path.Combine(_app.Folder, "open", "out")], "unix:///no.sock", cancellationToken);

        Assert.That(
            (result.ExitCode, result.StandardError),
            Is.EqualTo((3, $"Error: --values: '{Path.Combine(_app.WorkingFolder, "v.yaml")}' cannot be read: user 'nobody' has no permission to read it\n")));
    }

    [Test]
    public async Task An_output_folder_without_permission_says_who_may_not_write_to_it(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_app.WorkingFolder, "mine");
        Directory.CreateDirectory(folder);
        _app.WriteWork("v.yaml", "server: {}\n");

        var result = await RunAsync(Nobody(), ["run", "v.yaml", "-o", "mine/out"], "unix:///no.sock", cancellationToken);

        Assert.That(
            (result.ExitCode, result.StandardError),
            Is.EqualTo((3, $"Error: --output: nothing can be written to '{folder}/out': no permission to write to '{folder}' (you are nobody)\n")));
    }

    // Everybody may look into the folders of the test; what is in them is protected by itself.
    private string[] Nobody()
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
        {
            Assert.Ignore("Only root can become another user, and setpriv is needed for it.");
        }

        const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Allow(_app.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Everybody);
        Allow(_app.WorkingFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Everybody);
        var open = Directory.CreateDirectory(Path.Combine(_app.Folder, "open")).FullName;
        Allow(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Everybody | UnixFileMode.OtherWrite);
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    }

    private Socket Listen(UnixFileMode mode, out string address)
    {
        var path = Path.Combine(_app.WorkingFolder, "e.sock");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Allow(path, mode);
        socket.Listen();
        address = $"unix://{path}";
        return socket;
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static async Task AnswerAsync(Socket engine, CancellationToken cancellationToken)
    {
        const string Body = """{"Version":"27.1","ApiVersion":"1.46"}""";
        var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nApi-Version: 1.46\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}");
        while (true)
        {
            using var client = await engine.AcceptAsync(cancellationToken);
            await client.ReceiveAsync(new byte[1024], cancellationToken);
            await client.SendAsync(answer, cancellationToken);
        }
    }

    private async Task<BufferedCommandResult> RunAsync(string[] before, string[] arguments, string engine, CancellationToken cancellationToken)
    {
        string[] line = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "vault-conformance.dll"), .. arguments];
        return await CliWrap.Cli.Wrap(line[0])
            .WithArguments(line[1..])
            .WithWorkingDirectory(_app.WorkingFolder)
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["DOCKER_HOST"] = engine,
                ["XDG_CACHE_HOME"] = Path.Combine(_app.Folder, before.Length == 0 ? "cache" : "open"),
                ["HOME"] = Path.Combine(_app.Folder, "open"),
                ["COLUMNS"] = "200",
                ["VAULT_CONFORMANCE_VALUES"] = null,
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
    }
}
