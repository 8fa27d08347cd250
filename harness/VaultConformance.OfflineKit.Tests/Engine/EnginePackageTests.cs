using VaultConformance.Harness;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

public sealed class EnginePackageTests
{
    private static readonly CapabilityBounds Full = new(0x1ffffffffff, 40);
    private static readonly CapabilityBounds Gap = new(0x1fffeffffff, 40);

    private const string Old = "docker.io:\n  Installed: (none)\n  Candidate: 20.10.24+dfsg1-1\n";
    private const string New = "docker.io:\n  Installed: (none)\n  Candidate: 26.1.5+dfsg1-9\n";

    [Test]
    public async Task A_machine_that_withholds_nothing_takes_its_own_package()
    {
        var commands = await InstallAsync(Full, Old);

        Assert.That(commands.Lines[^1], Does.StartWith("apt-get install --yes --no-install-recommends --no-remove"));
        Assert.That(commands.Asked[^1].Environment["APT_CONFIG"], Is.Null);
    }

    [Test]
    public async Task A_new_engine_needs_no_second_source()
    {
        var commands = await InstallAsync(Gap, New);

        Assert.That(commands.Asked[^1].Environment["APT_CONFIG"], Is.Null);
    }

    [Test]
    public async Task A_machine_that_withholds_a_capability_takes_one_package_from_the_newer_release()
    {
        using var folder = new TemporaryFolder();
        var progress = new RecordedProgress();

        var commands = await InstallAsync(Gap, Old, folder, progress);

        var configuration = commands.Asked[^1].Environment["APT_CONFIG"]!;
        Assert.That(await File.ReadAllTextAsync(configuration), Does.Contain("Dir::Etc::SourceList").And.Contain(folder.Path));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Path, "apt", "sources.list")), Does.Contain("http://mirror.example/debian/ trixie main"));
        Assert.That(progress.Events.Select(e => e.Message), Has.Some.Contains("capabilities (24)"));
    }

    [Test]
    public void Only_the_engine_may_come_from_the_newer_release()
    {
        Assert.That(SecondSource.WritePreferences("trixie", "docker.io").ReplaceLineEndings("\n"), Is.EqualTo(
            "Package: *\nPin: release n=trixie\nPin-Priority: -10\n\nPackage: docker.io\nPin: release n=trixie\nPin-Priority: 990\n"));
    }

    [Test]
    public async Task A_failing_installation_shows_its_last_lines_and_its_log()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("apt-get update", "", exitCode: 100, error: "E: Could not resolve 'mirror.example'\n");

        await Assert.ThatAsync(
            () => new EnginePackage(commands, folder.Path, Full, _ => null).InstallAsync(new RecordedProgress(), CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.Contains("'apt-get update' ended with exit code 100")
                .And.Message.Contains("Could not resolve").And.Message.Contains(folder.Path));
    }

    [TestCase("  Candidate: 20.10.24+dfsg1-1", 20)]
    [TestCase("  Candidate: 5:27.3.1-1~debian", 27)]
    [TestCase("  Candidate: (none)", 0)]
    public void The_candidate_version_is_read_from_apt(string policy, int major)
    {
        Assert.That(EngineVersion.ParseMajorOfCandidate(policy), Is.EqualTo(major));
    }

    [TestCase("Docker version 26.1.5+dfsg1, build 411e817", 26)]
    [TestCase("", 0)]
    public void The_installed_version_is_read_from_the_program(string printed, int major)
    {
        Assert.That(EngineVersion.ParseMajorOfProgram(printed), Is.EqualTo(major));
    }

    private static async Task<ScriptedCommands> InstallAsync(CapabilityBounds bounds, string policy, TemporaryFolder? folder = null, RecordedProgress? progress = null)
    {
        using var own = folder is null ? new TemporaryFolder() : null;
        var commands = new ScriptedCommands()
            .Answer("apt-cache policy", policy)
            .Answer("apt-get indextargets", "http://mirror.example/debian/|Debian|main|x:1\n");
        await new EnginePackage(commands, (folder ?? own!).Path, bounds, _ => null).InstallAsync(progress ?? new RecordedProgress(), CancellationToken.None);
        return commands;
    }
}
