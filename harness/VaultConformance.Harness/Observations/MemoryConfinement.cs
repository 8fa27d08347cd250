namespace VaultConformance.Harness.Observations;

/// <summary>Swap of the node and memory limits of the container.</summary>
/// <param name="SwapDevices">Data lines of <c>/proc/swaps</c> (the node's); null when the file is not there.</param>
/// <param name="CgroupVersion">1, 2, or null when neither could be read.</param>
/// <param name="MemoryLimitBytes">
/// Limit of the container's cgroup; null means none or unknown, see <paramref name="MemoryLimitKnown"/>.
/// </param>
/// <param name="MemoryLimitKnown">True when the limit file could be read.</param>
/// <param name="SwapMax">cgroup v2 <c>memory.swap.max</c>: bytes or <c>max</c>; null when the file is missing, which is not zero.</param>
/// <param name="SwapCurrentBytes">cgroup v2 <c>memory.swap.current</c>; null when missing.</param>
/// <param name="ZswapMax">cgroup v2 <c>memory.zswap.max</c>; null when missing.</param>
/// <param name="ZswapWriteback">cgroup v2 <c>memory.zswap.writeback</c>; null when missing.</param>
/// <param name="MemoryAndSwapLimitBytes">cgroup v1 <c>memory.memsw.limit_in_bytes</c>; null when missing or unlimited.</param>
/// <param name="Swappiness">cgroup v1 <c>memory.swappiness</c>; null when missing.</param>
public sealed record MemoryConfinement(
    IReadOnlyList<SwapDevice>? SwapDevices,
    int? CgroupVersion,
    long? MemoryLimitBytes,
    bool MemoryLimitKnown,
    string? SwapMax,
    long? SwapCurrentBytes,
    string? ZswapMax,
    string? ZswapWriteback,
    long? MemoryAndSwapLimitBytes,
    int? Swappiness)
{
    /// <summary>
    /// Limit of processes and threads of the container's cgroup (<c>pids.max</c>): a number or <c>max</c>; null when it could not be read,
    /// and in evidence that was recorded before it was.
    /// </summary>
    public string? PidsMax { get; init; }
}

/// <summary>A line of <c>/proc/swaps</c>.</summary>
/// <param name="Name">Device or file.</param>
/// <param name="Type"><c>partition</c> or <c>file</c>.</param>
/// <param name="SizeKilobytes">Size.</param>
/// <param name="UsedKilobytes">In use.</param>
public sealed record SwapDevice(string Name, string Type, long SizeKilobytes, long UsedKilobytes);
