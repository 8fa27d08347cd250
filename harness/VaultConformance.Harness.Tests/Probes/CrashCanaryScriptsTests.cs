using System.Diagnostics;
using VaultConformance.Harness.Probes.Disruptive;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>The script that looks for core files, run by a real shell in a folder of its own.</summary>
[Platform("Linux")]
public sealed class CrashCanaryScriptsTests
{
    private static readonly byte[] Core = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0];
    private static readonly byte[] Executable = [.. Core[..16], 2, 0];

    private HashSet<string> _found = [];

    // Once for all: the script looks into every writable mount of the machine.
    [OneTimeSetUp]
    public async Task LookOnceAsync()
    {
        using var folder = new TemporaryFolder();
        (string Name, byte[] Content)[] files =
        [
            .. new[] { "core", "core.4711", "core.js", "hardcore" }.Select(name => (name, "text"u8.ToArray())), ("notes.txt", Core), ("tool", Executable),
        ];
        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, name), content);
        }

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", CrashCanaryScripts.FindCores]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        _found = [.. (await shell.StandardOutput.ReadToEndAsync()).Split('\n')];
        await shell.WaitForExitAsync();
    }

    [TestCase("core", true)]
    [TestCase("core.4711", true)]
    [TestCase("core.js", false)]
    [TestCase("hardcore", false)]
    public void A_file_that_is_called_as_the_kernel_calls_it_counts_whatever_is_in_it(string name, bool expected) => Assert.That(_found.Contains($"./{name}"), Is.EqualTo(expected));

    [Test]
    public void A_core_file_counts_whatever_it_is_called() => Assert.That(_found, Has.Member("./notes.txt"));

    [Test]
    public void A_program_is_no_core_file() => Assert.That(_found, Has.No.Member("./tool"));
}
