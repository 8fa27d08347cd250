using System.Diagnostics;
using VaultConformance.Harness.Probes.Disruptive;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>The script that looks for core files, run by a real shell in a folder of its own.</summary>
[Platform("Linux")]
public sealed class CrashCanaryScriptsTests
{
    private static readonly byte[] Core = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0];
    private static readonly byte[] Executable = [.. Core[..16], 2, 0];

    [TestCase("core", true)]
    [TestCase("core.4711", true)]
    [TestCase("core.js", false)]
    [TestCase("hardcore", false)]
    public async Task A_file_that_is_called_as_the_kernel_calls_it_counts_whatever_is_in_it(string name, bool expected) =>
        Assert.That(await FindsAsync(name, "text"u8.ToArray()), Is.EqualTo(expected));

    [Test]
    public async Task A_core_file_counts_whatever_it_is_called() => Assert.That(await FindsAsync("notes.txt", Core), Is.True);

    [Test]
    public async Task A_program_is_no_core_file() => Assert.That(await FindsAsync("tool", Executable), Is.False);

    private static async Task<bool> FindsAsync(string name, byte[] content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, name), content);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", CrashCanaryScripts.FindCores]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Split('\n').Contains($"./{name}");
    }
}
