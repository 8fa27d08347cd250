namespace VaultConformance.Harness.Observations;

/// <summary>How the node's kernel handles core dumps; the values are the host's, not the container's.</summary>
/// <param name="CorePattern"><c>/proc/sys/kernel/core_pattern</c>.</param>
/// <param name="CoreUsesPid"><c>/proc/sys/kernel/core_uses_pid</c>; null when unreadable.</param>
/// <param name="SuidDumpable"><c>/proc/sys/fs/suid_dumpable</c>; null when unreadable.</param>
public sealed record CoreSettings(string CorePattern, int? CoreUsesPid, int? SuidDumpable)
{
    /// <summary>Release of the kernel that the container sees (<c>/proc/sys/kernel/osrelease</c>); null when it was not recorded.</summary>
    public string? KernelRelease { get; init; }
}
