using System.Globalization;
using VaultConformance.Cli.Commands;
using VaultConformance.Cli.Doctor;
using VaultConformance.Cli.Output;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.Cli.Tests;

public sealed class DoctorTests
{
    [Test]
    public void What_is_missing_is_shown_with_its_fix_and_exit_code_4()
    {
        using var output = new StringWriter { NewLine = "\n" };

        var exitCode = DoctorVerb.Show(
            CliConsole.Log(output, output),
            [("A", CheckResult.Fine("1.0")), ("B", CheckResult.Notable("old", "Update B.")), ("C", CheckResult.Missing("absent", "Install C."))]);

        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(output.ToString(), Does.EndWith("B: Update B.\nC: Install C.\nNot ready to run: C.\n"));
    }

    [Test]
    public void Notes_alone_do_not_keep_a_run_from_starting()
    {
        using var output = new StringWriter { NewLine = "\n" };

        Assert.That(DoctorVerb.Show(CliConsole.Log(output, output), [("B", CheckResult.Notable("old", "Update B."))]), Is.Zero);
        Assert.That(output.ToString(), Does.EndWith("Ready to run.\n"));
    }

    [TestCase("9.0.1", CheckStatus.Missing)]
    [TestCase("10.0.0", CheckStatus.Fine)]
    public async Task An_old_runtime_is_seen(string version, object status) =>
        Assert.That((await new DotnetCheck(Version.Parse(version)).RunAsync(CancellationToken.None)).Status, Is.EqualTo(status));

    [TestCase("Filename\tType\n", CheckStatus.Fine, "off")]
    [TestCase("Filename\tType\n/dev/sda2 partition 1 0 -2\n", CheckStatus.Notable, "on (1 area)")]
    public async Task Swap_is_seen(string text, object status, string found)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, text);

        var result = await new SwapCheck(path).RunAsync(CancellationToken.None);

        File.Delete(path);
        Assert.That(((object)result.Status, result.Found), Is.EqualTo((status, found)));
    }

    [TestCase(1L, CheckStatus.Fine)]
    [TestCase(long.MaxValue, CheckStatus.Missing)]
    public async Task A_full_disk_is_seen_even_before_the_cache_exists(long needed, object status)
    {
        var folder = Path.Combine(Path.GetTempPath(), "not", "there", "yet");

        Assert.That((await new DiskCheck(folder, needed).RunAsync(CancellationToken.None)).Status, Is.EqualTo(status));
    }

    [TestCase("node-image/abc", "built in {0}; the node image is unknown without an engine", "See the Docker engine.")]
    [TestCase("node-image", "not built", "Only needed where no registry answers.")]
    [TestCase(null, "not built", "Only needed where no registry answers.")]
    public async Task A_kit_that_is_built_stays_built_when_the_engine_is_dead(string? part, string found, string fix)
    {
        var folder = Directory.CreateTempSubdirectory("kit-").FullName;
        var paths = new KitPaths(folder);
        if (part is not null)
        {
            Directory.CreateDirectory(Path.Combine(paths.Cache, part));
        }

        var dead = new DockerEngine(
            paths, TimeProvider.System, new EngineEndpoint(new Uri($"unix://{folder}/no.sock"), false), new LinuxHost(["debian"], IsRoot: true, HasSystemd: false), new HostCommands(), []);
        var result = await new OfflineKitCheck(dead, paths).RunAsync(CancellationToken.None);

        Directory.Delete(folder, recursive: true);
        Assert.That((result.Status, result.Found), Is.EqualTo((CheckStatus.Notable, string.Format(CultureInfo.InvariantCulture, found, paths.Cache))));
        Assert.That(result.Fix, Does.StartWith(fix));
    }

    [Test]
    public async Task A_missing_helm_is_only_worth_a_note() =>
        Assert.That((await new HelmCheck(null).RunAsync(CancellationToken.None)).Status, Is.EqualTo(CheckStatus.Notable));

    [Test]
    public async Task A_program_that_is_not_helm_is_seen() =>
        Assert.That((await new HelmCheck("/nowhere/helm").RunAsync(CancellationToken.None)).Fix, Does.Contain("'/nowhere/helm' could not be started"));
}
