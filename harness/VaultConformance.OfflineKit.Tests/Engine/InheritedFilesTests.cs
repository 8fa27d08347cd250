using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

/// <summary>A daemon that we start must not hold what our caller left open in us, for example a lock.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class InheritedFilesTests
{
    [Test]
    public async Task What_our_caller_left_open_in_us_is_closed_in_programs_that_we_start()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lock");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        using var inherited = new SafeFileHandle(Duplicate((int)file.DangerousGetHandle()), ownsHandle: true);
        Assert.That(await FilesOfChildAsync(), Does.Contain(path), "before");

        InheritedFiles.KeepFromChildren();

        Assert.That(await FilesOfChildAsync(), Does.Not.Contain(path), "after");
    }

    private static async Task<string> FilesOfChildAsync() =>
        (await new HostCommands().RunAsync(new HostCommand("sh", "-c", "ls -l /proc/$$/fd"), CancellationToken.None)).Output;

    // The copy is inherited by children, as the files of a caller are in us.
    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);
}
