namespace VaultConformance.Cli.Doctor;

/// <summary>Swap of this machine, which a node in a container shares.</summary>
/// <param name="path">The kernel's list of swap areas.</param>
internal sealed class SwapCheck(string path) : ICheck
{
    /// <summary>Where Linux lists swap areas.</summary>
    public const string LinuxPath = "/proc/swaps";

    /// <inheritdoc />
    public string Name => "swap";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return CheckResult.Fine("not told by this system");
        }

        var areas = (await File.ReadAllLinesAsync(path, cancellationToken)).Skip(1).Count(line => line.Length > 0);
        return areas == 0
            ? CheckResult.Fine("off")
            : CheckResult.Notable($"on ({areas} area{(areas == 1 ? "" : "s")})", "MEM-1 then depends on cgroup limits. Turn swap off with 'swapoff -a' to test what a hardened node does.");
    }
}
