using VaultConformance.Harness;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.OfflineKit.Tests.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

[Platform("Linux,MacOsX")]
public sealed class KitFailureTests
{
    private static readonly LinuxHost User = new(["debian"], IsRoot: false, HasSystemd: false);

    [Test]
    public async Task A_failing_script_ends_in_its_step_its_last_lines_and_its_log()
    {
        using var folder = new TemporaryFolder();

        var failure = await FailAsync(folder, "echo begin; echo 'make: *** no rule' >&2; exit 2");

        Assert.That(failure.Step, Is.EqualTo("kubernetes"));
        Assert.That(failure.Message, Does.Contain("Building kubernetes failed").And.Contain("exit code 2").And.Contain("make: *** no rule")
            .And.Contain("finished steps are kept").And.Contain(Path.Combine("logs", "kubernetes.log")));
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Environment));
    }

    [Test]
    public async Task A_full_disk_is_recognised_in_a_scripts_output()
    {
        using var folder = new TemporaryFolder();

        var failure = await FailAsync(folder, "echo 'cp: error writing x: No space left on device' >&2; exit 1");

        Assert.That(failure.Message, Does.Contain("The disk is full: free some room, or set VAULT_CONFORMANCE_CACHE"));
    }

    [Test]
    public async Task A_full_disk_is_recognised_in_our_own_writing()
    {
        using var folder = new TemporaryFolder();
        using var steps = new KitSteps(Kit.In(folder, new ScriptedCommands()), TimeProvider.System, CancellationToken.None);

        await Assert.ThatAsync(
            () => steps.RunAsync("node-image", _ => throw new IOException("No space left on device : '/x'")),
            Throws.TypeOf<KitStepException>().With.Message.Contains("no room is left on the disk"));
    }

    [Test]
    public async Task A_missing_program_is_recognised()
    {
        using var folder = new TemporaryFolder();

        var failure = await FailAsync(folder, "mmdebstrap-is-not-here");

        Assert.That(failure.Message, Does.Contain("exit code 127").And.Contain("A program is missing"));
    }

    [Test]
    public async Task A_user_who_cannot_install_packages_is_told_which()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("dpkg-query", "jq installed\ngolang-go config-files\n", exitCode: 1);
        using var packages = new BuildPackages(Kit.In(folder, commands), User);

        await Assert.ThatAsync(
            () => packages.EnsureAsync("kubernetes", ["jq", "golang-go", "rsync"], CancellationToken.None),
            Throws.TypeOf<KitStepException>().With.Message.Contains("sudo apt-get install --yes --no-install-recommends golang-go rsync'"));
    }

    [Test]
    public async Task Root_gets_only_what_is_missing_installed()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("dpkg-query", "jq installed\n", exitCode: 1);
        using var packages = new BuildPackages(Kit.In(folder, commands), User with { IsRoot = true });

        await packages.EnsureAsync("kubernetes", ["jq", "rsync"], CancellationToken.None);

        Assert.That(commands.Lines.Skip(1), Is.EqualTo((string[])["apt-get update", "apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 rsync"]));
    }

    [Test]
    public async Task The_first_step_that_fails_ends_the_others()
    {
        using var folder = new TemporaryFolder();
        using var steps = new KitSteps(Kit.In(folder, new ScriptedCommands()), TimeProvider.System, CancellationToken.None);
        var endless = steps.RunAsync("endless", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new KitResult("", FromCache: false);
        });
        var failing = steps.RunAsync("failing", _ => throw KitStepException.Refused("failing", "it cannot", "Do not"));

        await Assert.ThatAsync(() => Task.WhenAll(endless, failing), Throws.TypeOf<KitStepException>().With.Message.Contains("it cannot. Do not"));
        Assert.That(endless.IsCanceled, Is.True);
    }

    [Test]
    public async Task Every_finished_step_is_reported_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var progress = new RecordedProgress();
        using var steps = new KitSteps(Kit.In(folder, new ScriptedCommands(), progress: progress), TimeProvider.System, CancellationToken.None);

        await steps.RunAsync("helm", _ => Task.FromResult(new KitResult("/x", FromCache: true)));

        Assert.That(progress.Events.Select(e => e.Message), Is.EqualTo((string[])["helm: cached"]));
    }

    [Test]
    public async Task A_stand_in_script_that_makes_no_archive_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vault/build.sh", "touch \"$1/image.txt\"\n");

        await Assert.ThatAsync(() => StandIn(folder).EnsureAsync(CancellationToken.None), Throws.TypeOf<KitStepException>().With.Message.Contains("made no 'vault-standin.tar'"));
    }

    [Test]
    public async Task A_stand_in_script_is_run_once_for_its_content()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vault/build.sh", "echo image >\"$1/vault-standin.tar\"; echo ' vault-conformance/vault:1 ' >\"$1/image.txt\"\n");

        var first = await StandIn(folder).EnsureAsync(CancellationToken.None);
        var second = await StandIn(folder).EnsureAsync(CancellationToken.None);

        Assert.That((first.FromCache, second.FromCache), Is.EqualTo((false, true)));
        Assert.That(await VaultStandIn.ReadNameAsync(second.Location, CancellationToken.None), Is.EqualTo("vault-conformance/vault:1"));
    }

    private static async Task<KitStepException> FailAsync(TemporaryFolder folder, string script)
    {
        var kit = Kit.In(folder, new HostCommands());
        using var packages = new BuildPackages(kit, User);
        try
        {
            await new KitScript(kit, packages).RunAsync("kubernetes", [], new HostCommand("sh", "-c", script), Path.Combine(folder.Path, "temporary"), CancellationToken.None);
        }
        catch (KitStepException exception)
        {
            return exception;
        }

        throw new AssertionException("The script did not fail.");
    }

    private static VaultStandIn StandIn(TemporaryFolder folder)
    {
        var kit = Kit.In(folder, new HostCommands());
        return new VaultStandIn(Path.Combine(folder.Path, "vault"), kit, new KitScript(kit, new BuildPackages(kit, User)));
    }
}
