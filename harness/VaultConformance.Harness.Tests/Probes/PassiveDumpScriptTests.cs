using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

[CancelAfter(30_000)]
[Platform("Unix")]
[TestFixtureSource(typeof(LocalShell), nameof(LocalShell.Names))]
public sealed class PassiveDumpScriptTests(string shell)
{
    private const string Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgTCCASegAwIBAgIUZQ==
        -----END CERTIFICATE-----
        -----BEGIN PRIVATE KEY-----
        PRIVATE-KEY-MATERIAL
        -----END PRIVATE KEY-----

        """;

    private const string Config = """
        disable_mlock = true
        listener "tcp" {
          address = "[::]:8200"
          tls_cert_file = "/tls/tls.crt"
        }
        seal "transit" {
          token = "config-secret-value"
        }

        """;

    private static readonly string[] Harmless = ["GOTRACEBACK", "HOME", "VAULT_ADDR"];
    private MadeUpContainer _container = null!;
    private IReadOnlyList<string> _before = [];
    private PodDump _dump = null!;
    private string _raw = string.Empty;

    [OneTimeSetUp]
    public async Task TakeOneDump()
    {
        _container = Container();
        _before = _container.AllFiles();
        (_dump, _raw) = await TakeRawAsync(LocalShell.Named(shell), _container, TestContext.CurrentContext.CancellationToken);
    }

    [OneTimeTearDown]
    public void RemoveContainer() => _container?.Dispose();

    [Test]
    public async Task Sockets_are_told_by_the_process_that_has_them_open(CancellationToken cancellationToken)
    {
        using var container = Container();
        container.Folder("/proc/1/fd").Link("/proc/1/fd/0", "/dev/null").Link("/proc/1/fd/3", "socket:[455316]").Link("/proc/1/fd/4", "socket:[17]").Link("/proc/1/fd/5", "pipe:[9]");
        var (dump, _) = await TakeRawAsync(LocalShell.Named(shell), container, cancellationToken);

        var table = ProcessTableParser.Parse(dump);

        Assert.That(table.Init!.SocketInodes, Is.EqualTo(new long[] { 17, 455316 }));
        Assert.That(table.VaultServers.Single().SocketInodes, Is.Null, "its open files cannot be read");
    }

    [Test]
    public void Processes_come_out_as_the_pod_showed_them()
    {
        var table = ProcessTableParser.Parse(_dump);

        var expected = ProcessTableParser.Parse(RealObservation.Hardened.ToDump());
        var vault = table.VaultServers.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Processes.Select(process => process.CommandLine), Is.EqualTo(expected.Processes.Select(process => process.CommandLine)));
            Assert.That(vault.Limits, Is.EqualTo(expected.VaultServers[0].Limits));
            Assert.That(vault.Capabilities, Is.EqualTo(expected.VaultServers[0].Capabilities));
            Assert.That(vault.Executable, Is.EqualTo("/bin/vault"));
            Assert.That(vault.WorkingDirectory, Is.EqualTo("/vault"));
            Assert.That(vault.StartTime, Is.EqualTo(4242));
            Assert.That(vault.UidMap, Is.EqualTo("0 0 4294967295"));
            Assert.That(vault.SecurityLabel, Is.EqualTo("cri-containerd.apparmor.d (enforce)"));
        }
    }

    [Test]
    public void Values_of_variables_leave_the_container_only_when_they_are_harmless()
    {
        var environment = ProcessTableParser.Parse(_dump).VaultServers.Single().Environment!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(environment.Names, Is.EquivalentTo((string[])["AWS_SECRET_ACCESS_KEY", "GOTRACEBACK", "HOME", "MULTILINE", "VAULT_ADDR", "VAULT_TOKEN"]));
            Assert.That(environment.Settings.Keys, Is.EquivalentTo(Harmless));
            Assert.That(environment.Settings["VAULT_ADDR"], Is.EqualTo("https://***@127.0.0.1:8200"));
            Assert.That(_raw, Does.Not.Contain("environment-secret").And.Not.Contain("second-line-secret"));
        }
    }

    [Test]
    public void Only_the_first_certificate_of_a_file_is_read_and_of_keys_nothing()
    {
        var files = FileFactsParser.Parse(_dump).Files;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_dump.FindText("content 3"), Does.StartWith("-----BEGIN CERTIFICATE-----").And.EndsWith("-----END CERTIFICATE-----\n"));
            Assert.That(_raw, Does.Not.Contain("PRIVATE-KEY-MATERIAL"));
            Assert.That(files.Select(file => (file.Purpose, file.Path)), Is.EqualTo(((string, string)[])
            [
                ("executable", "/bin/vault"), ("config", "/tmp/storageconfig.hcl"), ("tls-certificate", "/tls/tls.crt"), ("tls-key", "/tls/tls.key"), ("tls-client-ca", "/tls/none"),
            ]));
            Assert.That(files.Select(file => file.Exists), Is.EqualTo((bool[])[true, true, true, true, false]));
            Assert.That(files.Single(file => file.Purpose == "tls-key").Mode, Is.EqualTo("640"));
            Assert.That(files.Single(file => file.Purpose == "config").WritableByServer, Is.True);
            Assert.That(files.Single(file => file.Purpose == "config").Replaceable, Is.True);
        }
    }

    [Test]
    public void The_loaded_configuration_is_masked()
    {
        var config = FileFactsParser.Parse(_dump).LoadedConfig.Single();

        Assert.That(config.Path, Is.EqualTo("/tmp/storageconfig.hcl"));
        Assert.That(config.Text, Does.Contain("disable_mlock = true").And.Contain("token = \"***\"").And.Not.Contain("config-secret-value"));
    }

    [Test]
    public void Writes_are_tried_in_mounts_and_image_directories_and_leave_nothing()
    {
        var attempts = WriteAttemptsParser.Parse(_dump).Attempts.ToDictionary(attempt => attempt.Directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_container.AllFiles(), Is.EqualTo(_before), "every file was removed");
            Assert.That(attempts["/"].Result, Is.EqualTo(WriteResult.Written));
            Assert.That(attempts["/vault/data"].Result, Is.EqualTo(WriteResult.Written));
            Assert.That(attempts["/opt/with blank/deep"].Result, Is.EqualTo(WriteResult.Written), "an image directory");
            Assert.That(attempts["/mnt/two words"].Result, Is.EqualTo(WriteResult.Written), "a mount point with a blank");
            Assert.That(attempts["/dev/termination-log"].Result, Is.EqualTo(WriteResult.Written), "a mounted file");
            Assert.That(attempts["/srv"].Result, Is.EqualTo(WriteResult.NotFound));
            Assert.That(attempts, Does.Not.ContainKey("/vault/data/raft"), "the content of a mount belongs to the mount");
            Assert.That(attempts, Does.Not.ContainKey("/proc").And.Not.ContainKey("/sys"));
            Assert.That(attempts["/sealed"].Result, Is.EqualTo(System.Environment.IsPrivilegedProcess ? WriteResult.Written : WriteResult.PermissionDenied));
        }
    }

    [Test]
    public async Task Leftovers_are_files_and_never_the_file_storages_own_folder(CancellationToken cancellationToken)
    {
        using var container = Container()
            .Folder("/vault/data/core")
            .Write("/vault/data/core.77", "core")
            .Write("/home/vault/.vault-token", "hvs.x")
            .Write("/home/vault/.ash_history", "ls")
            .Folder("/tmp/vault-pprof")
            .Write("/vault/core", "in the working directory")
            .Write("/vault/data/trace_vault", Elf(type: 4))
            .Write("/vault/data/plugin", Elf(type: 2))
            .Write("/vault/vault-stacktrace-1", "goroutine 1");

        var leftovers = FileFactsParser.Parse(await TakeAsync(container, cancellationToken)).Leftovers;

        Assert.That(leftovers, Is.EqualTo((string[])["/home/vault/.ash_history", "/home/vault/.vault-token", "/tmp/vault-pprof", "/vault/core", "/vault/data/core.77", "/vault/data/trace_vault", "/vault/vault-stacktrace-1"]));
    }

    [Test]
    public void Hook_words_and_the_version_are_looked_up_in_the_image()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                PreStopParser.Parse(_dump, ["/bin/vault", "x"]),
                Has.Property(nameof(PreStopFacts.Missing)).Empty);
            Assert.That(
                PreStopParser.Parse(_dump, ["/bin/vault", "-c", "kill"]).Words, Is.EqualTo((string[])["/bin/vault"]));
            Assert.That(PreStopParser.Parse(_dump, ["sh", "-c", "kill $(vc-no-such-tool vault)"]).Missing, Is.EqualTo((string[])["vc-no-such-tool"]));
            Assert.That(FileFactsParser.Parse(_dump).VaultVersion, Is.EqualTo(new CommandOutcome(0, "Vault v2.0.4")));
        }
    }

    [Test]
    public async Task With_no_tool_but_cat_and_rm_only_owners_links_and_long_lines_are_missing(CancellationToken cancellationToken)
    {
        using var container = Container().Folder("/tools");
        foreach (var tool in new[] { "cat", "rm", "sh" })
        {
            container.Link($"/tools/{tool}", $"/bin/{tool}");
        }

        var (dump, raw) = await TakeRawAsync(LocalShell.Named(shell).WithPath(container.Root + "/tools"), container, cancellationToken);

        var vault = ProcessTableParser.Parse(dump).VaultServers.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(vault.CommandLine, Has.Count.EqualTo(3));
            Assert.That(vault.Environment!.Names, Does.Contain("VAULT_TOKEN").And.Contain("MULTILINE"));
            Assert.That(raw, Does.Not.Contain("environment-secret").And.Not.Contain("second-line-secret"));
            Assert.That(WriteAttemptsParser.Parse(dump).Attempts, Has.Some.Property(nameof(WriteAttempt.Result)).EqualTo(WriteResult.Written));
            Assert.That(FileFactsParser.Parse(dump).Files, Has.Some.Property(nameof(FileEntry.Path)).EqualTo("/tmp/storageconfig.hcl"));
        }
    }

    [Test]
    public async Task A_configuration_folder_counts_with_each_of_its_files(CancellationToken cancellationToken)
    {
        using var container = Container()
            .Write("/proc/14/cmdline", "vault\0server\0-config\0conf.d\0")
            .Write("/vault/conf.d/a.hcl", "ui = true\n")
            .Write("/vault/conf.d/b.json", "{}")
            .Write("/vault/conf.d/.hidden.hcl", "ui = false\n")
            .Write("/vault/conf.d/.#a.hcl", "no")
            .Write("/vault/conf.d/readme.txt", "no");

        var facts = FileFactsParser.Parse(await TakeAsync(container, cancellationToken));

        Assert.That(facts.LoadedConfig.Select(config => config.Path), Is.EqualTo((string[])["/vault/conf.d/a.hcl", "/vault/conf.d/b.json", "/vault/conf.d/.hidden.hcl"]));
    }

    [Test]
    public async Task Beside_the_server_only_processes_are_looked_at(CancellationToken cancellationToken)
    {
        using var container = Container();
        var before = container.AllFiles();

        var request = Request() with { ProcessesOnly = true };
        var script = DumpScript.CreateFor(request, container.Root);
        var result = await LocalShell.Named(shell).ExecuteAsync(ExecRequest.FromScript(request.Target, script.Text), cancellationToken);
        var dump = new PodDump(request, DumpFrames.Parse(script.Marker, result.OutputBytes.Span));

        Assert.That(ProcessTableParser.Parse(dump).Processes, Is.Not.Empty);
        Assert.That(dump.Frames.Keys, Has.None.StartsWith("file").And.None.EqualTo("writes"));
        Assert.That(container.AllFiles(), Is.EqualTo(before));
    }

    [Test]
    public async Task The_processes_of_this_machine_can_be_read(CancellationToken cancellationToken)
    {
        var request = Request() with { ProcessesOnly = true };

        var dump = await new PodDumper(LocalShell.Named(shell), TimeProvider.System, TimeSpan.FromMinutes(1)).TakeAsync(request, cancellationToken);

        var table = ProcessTableParser.Parse(dump);
        var self = table.Processes.Single(process => process.Pid == dump.FindNumber("self"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(self.Executable, Does.EndWith("sh").Or.EndWith("busybox"));
            Assert.That(self.StartTime, Is.Positive);
            Assert.That(self.Environment!.Settings["HOME"], Is.EqualTo("/home/vault"));
            Assert.That(self.Limits, Is.EqualTo(table.ExecSession));
        }
    }

    // The mark of ELF, and at its place the type: 4 for a core, 2 for a program.
    private static string Elf(int type) => $"\u007fELF\u0002\u0001\u0001{new string('\0', 9)}{(char)type}\0";

    private static DumpRequest Request() => new(
        new PodContainer("vault", "vault-0", "vault"),
        [new(FilePurposes.TlsCertificate, "/tls/tls.crt"), new(FilePurposes.TlsKey, "/tls/tls.key"), new(FilePurposes.TlsClientCa, "/tls/none")],
        ["/bin/vault", "kill", "vc-no-such-tool", "sh"]);

    private async Task<PodDump> TakeAsync(MadeUpContainer container, CancellationToken cancellationToken) =>
        (await TakeRawAsync(LocalShell.Named(shell), container, cancellationToken)).Dump;

    private static async Task<(PodDump Dump, string Raw)> TakeRawAsync(LocalShell shell, MadeUpContainer container, CancellationToken cancellationToken)
    {
        var script = DumpScript.CreateFor(Request(), container.Root);
        var result = await shell.ExecuteAsync(ExecRequest.FromScript(Request().Target, script.Text), cancellationToken);
        Assert.That(result.Error, Is.Empty, "the script explains itself by what it prints");
        return (new PodDump(Request(), DumpFrames.Parse(script.Marker, result.OutputBytes.Span)), result.Output);
    }

    private static MadeUpContainer Container()
    {
        const string Mounts = """
            440 381 0:161 / / rw,relatime - overlay overlay rw
            441 440 0:167 / /proc rw,nosuid - proc proc rw
            451 440 0:138 / /sys ro,nosuid - sysfs sysfs ro
            465 440 254:0 /pv /vault/data rw,relatime - ext4 /dev/vda rw
            466 440 254:0 /cm /vault/config ro,relatime - ext4 /dev/vda rw
            467 440 254:0 /two /mnt/two\040words rw,relatime - ext4 /dev/vda rw
            469 442 254:0 /log /dev/termination-log rw,relatime - ext4 /dev/vda rw

            """;
        const UnixFileMode ReadAndEnter = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        const string Environment = "HOME=/home/vault\0VAULT_ADDR=https://user:pw@127.0.0.1:8200\0VAULT_TOKEN=environment-secret\0"
            + "MULTILINE=first\nsecond-line-secret=\nX=second-line-secret\0AWS_SECRET_ACCESS_KEY=environment-secret=\0no-name environment-secret\0GOTRACEBACK=single\0";
        return MadeUpContainer.From(RealObservation.Hardened)
            .Write("/proc/self/mountinfo", Mounts)
            .Write("/proc/14/environ", Environment)
            .Write("/proc/14/stat", $"14 (va) ult) S 13 {string.Join(' ', Enumerable.Range(5, 17))} 4242 0 0\n")
            .Write("/proc/14/uid_map", "         0          0 4294967295\n")
            .Write("/proc/14/attr/current", "cri-containerd.apparmor.d (enforce)\n")
            .Link("/proc/14/exe", "/bin/vault")
            .Link("/proc/14/cwd", "/vault")
            .Write("/bin/vault", "#!/bin/sh\necho 'Vault v2.0.4'\necho built\n").Mode("/bin/vault", ReadAndEnter | UnixFileMode.UserWrite)
            .Write("/tmp/storageconfig.hcl", Config)
            .Write("/tls/tls.crt", Certificate)
            .Write("/tls/tls.key", "PRIVATE-KEY-MATERIAL").Mode("/tls/tls.key", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
            .Write("/dev/termination-log", string.Empty)
            .Folder("/vault/data/raft").Folder("/vault/config").Folder("/mnt/two words").Folder("/opt/with blank/deep").Folder("/home/vault")
            .Folder("/sealed").Mode("/sealed", ReadAndEnter);
    }
}
