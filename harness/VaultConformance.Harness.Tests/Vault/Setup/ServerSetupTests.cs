using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Harness.Waiting;
using NUnit.Framework.Constraints;

namespace VaultConformance.Harness.Tests.Vault.Setup;

/// <summary>How a server is configured after it was unsealed: by writes, and by programs that find it in their environment.</summary>
[CancelAfter(30_000)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ServerSetupTests
{
    private const string Digest = "ab";
    private readonly List<string> _journal = [];
    private readonly SecretRedactor _redactor = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Prepare()
    {
        _journal.Clear();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task The_setup_has_a_token_of_its_own_that_goes_before_the_auditor_comes(CancellationToken cancellationToken)
    {
        var server = new FakeServer("vault-0", _journal);

        var setup = await BootstrapAsync(server, [Writes(("sys/auth/userpass", null))], cancellationToken);

        Assert.That(_journal.Skip(2), Is.EqualTo((string[])[
            "vault-0: send POST auth/token/create as root", "vault-0: send POST sys/auth/userpass as setup", "vault-0: revoke setup",
            "vault-0: policy vault-conformance-auditor", "vault-0: token vault-conformance-auditor", "vault-0: revoke root"]));
        Assert.That(setup.Facts.Steps.Single(), Is.EqualTo(new SetupStepFacts("setup.yaml", Digest, "api-writes", 1, null, [])).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_refused_write_names_file_line_and_reason_and_both_tokens_go(CancellationToken cancellationToken)
    {
        var server = new FakeServer("vault-0", _journal) { Replies = { ["sys/auth/userpass"] = new VaultReply(400, [], ["path is already in use"]) } };

        var exception = (await Assert.ThrowsAsync<HarnessException>(() => BootstrapAsync(server, [Writes(("sys/auth/userpass", null))], cancellationToken)))!;

        Assert.That(exception.Message, Is.EqualTo(
            "Setup 'setup.yaml', line 3: the write to 'sys/auth/userpass' was answered with HTTP 400, expected success: path is already in use. "
            + "Correct the file, or the values if the server lacks what it needs."));
        Assert.That(exception.Kind, Is.EqualTo(FailureKind.Environment));
        Assert.That(_journal.TakeLast(2), Is.EqualTo((string[])["vault-0: revoke setup", "vault-0: revoke root"]));
    }

    [Test]
    public void A_server_that_repeats_a_password_is_not_quoted_with_it()
    {
        var server = new FakeServer("vault-0", _journal) { Replies = { ["a"] = new VaultReply(400, [], ["password 'Sommer2024!' is too short"]) } };
        var writes = new SetupStep.Writes("setup.yaml", Digest, [new SetupWrite("a", new JsonObject { ["password"] = "Sommer2024!" }, null, 1)]);

        Assert.That(
            () => BootstrapAsync(server, [writes], CancellationToken.None),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("password '***' is too short").And.Message.Not.Contain("Sommer"));
    }

    [TestCase(400, false)]
    [TestCase(204, true)]
    public void A_status_that_is_expected_is_the_only_one_that_will_do(int status, bool fails)
    {
        var server = new FakeServer("vault-0", _journal) { Replies = { ["a"] = new VaultReply(400, [], ["no"]) } };

        IResolveConstraint expected = fails ? Throws.InstanceOf<HarnessException>().With.Message.Contains("HTTP 400, expected 204") : Throws.Nothing;

        Assert.That(() => BootstrapAsync(server, [Writes(("a", status))], CancellationToken.None), expected);
    }

    [Test]
    public async Task A_program_finds_the_server_in_its_environment_and_reaches_it(CancellationToken cancellationToken)
    {
        var program = Script("""
            echo "address $VAULT_ADDR and $BAO_ADDR, namespace [$VAULT_NAMESPACE], other [${VAULT_SKIP_VERIFY-unset}]"
            test "$VAULT_TOKEN" = "$BAO_TOKEN" && echo "token $VAULT_TOKEN"
            head -1 "$VAULT_CACERT"
            port=${VAULT_ADDR##*:}
            exec 3<>/dev/tcp/127.0.0.1/$port && echo hello >&3 && head -1 <&3
            """);
        Environment.SetEnvironmentVariable("VAULT_SKIP_VERIFY", "true");

        var setup = await BootstrapAsync(new FakeServer("vault-0", _journal), [program], cancellationToken);

        Environment.SetEnvironmentVariable("VAULT_SKIP_VERIFY", null);
        var step = setup.Facts.Steps.Single();
        Assert.That(step.Output[0], Does.Match(@"^address (https://127\.0\.0\.1:\d+) and \1, namespace \[\], other \[unset\]$"));
        Assert.That(step.Output.Skip(1), Is.EqualTo((string[])["token ***", "-----BEGIN CERTIFICATE-----", "echo vault-0 hello"]));
        Assert.That(step.ExitCode, Is.Zero);
    }

    [Test]
    public void A_program_that_fails_shows_its_last_lines_without_secrets()
    {
        var program = Script("echo starting; echo \"bad token $VAULT_TOKEN\" >&2; exit 7");

        Assert.That(
            () => BootstrapAsync(new FakeServer("vault-0", _journal), [program], CancellationToken.None),
            Throws.InstanceOf<HarnessException>().With.Message.Match(
                @"^Setup 'setup\.sh' ended with exit code 7\. Its last lines: (starting \| bad token \*\*\*|bad token \*\*\* \| starting)\. "
                + @"|Setup 'setup\.sh' ended with exit code 7\. Its last lines: .*\*\*\*"));
        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
    }

    [Test]
    public void A_program_that_hangs_is_ended_with_its_children()
    {
        var program = Script("echo working; sleep 60");

        Assert.That(
            () => BootstrapAsync(new FakeServer("vault-0", _journal), [program], CancellationToken.None, TimeSpan.FromSeconds(1)),
            Throws.InstanceOf<HarnessException>().With.Message.Contains("did not end within 00:00:01 and was ended; a longer --timeout gives it more time. Its last lines: working"));
    }

    [Test]
    public void A_program_that_cannot_be_started_says_so()
    {
        var path = _folder.Write("setup", "#!/nowhere/sh\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.That(
            () => BootstrapAsync(new FakeServer("vault-0", _journal), [new SetupStep.Program("setup", Digest, path)], CancellationToken.None),
            Throws.InstanceOf<HarnessException>().With.Message.StartsWith("Setup 'setup' could not be started: ").And.Message.Contains("(#!)"));
    }

    private static SetupStep.Writes Writes(params (string Path, int? Status)[] writes) =>
        new("setup.yaml", Digest, [.. writes.Select(write => new SetupWrite(write.Path, new JsonObject { ["a"] = 1 }, write.Status, 3))]);

    private SetupStep.Program Script(string text)
    {
        var path = _folder.Write("setup.sh", $"#!/bin/bash\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new SetupStep.Program("setup.sh", Digest, path);
    }

    private async Task<ServerSetup> BootstrapAsync(
        FakeServer server, IReadOnlyList<SetupStep> steps, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        using var echo = new TcpListener(IPAddress.Loopback, 0);
        echo.Start();
        var access = new SetupAccess((pod, token) => ConnectAsync(echo, pod, token), "-----BEGIN CERTIFICATE-----\nMII\n");
        var setup = new ServerSetup(
            steps, new SetupPrograms(access, Path.Combine(_folder.Path, "private"), limit ?? TimeSpan.FromSeconds(20), _redactor), new RecordedProgress(), _redactor);
        await new VaultBootstrapper(new Wait(TimeProvider.System), TimeSpan.FromSeconds(5), new RecordedProgress(), _redactor, crash: null, setup)
            .RunAsync([server.Connection], join: null, developmentToken: null, keys: null, cancellationToken);
        return setup;
    }

    // Answers the first line with the name of the pod and the line.
    private static async Task<Stream> ConnectAsync(TcpListener echo, string pod, CancellationToken cancellationToken)
    {
        var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)echo.LocalEndpoint, cancellationToken);
        var far = await echo.AcceptTcpClientAsync(cancellationToken);
        _ = Task.Run(
            async () =>
            {
                using var reader = new StreamReader(far.GetStream());
                var line = await reader.ReadLineAsync(cancellationToken);
                await using var writer = new StreamWriter(far.GetStream());
                await writer.WriteLineAsync($"echo {pod} {line}");
            },
            cancellationToken);
        return near.GetStream();
    }
}
