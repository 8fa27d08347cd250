using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Memory;

/// <summary>How a page of Vault is kept from unencrypted swap. One way is enough; which one held is reported.</summary>
public static class SwapProtection
{
    /// <summary>Judges a container.</summary>
    /// <param name="memory">Swap and limits.</param>
    /// <param name="server">The server process.</param>
    /// <param name="attestation">Attestation that all swap is encrypted; null when there is none.</param>
    /// <param name="quality">Quality of service class of the pod; null when it is not known.</param>
    public static IEnumerable<Judgement> Judge(MemoryConfinement memory, ProcessFacts server, string? attestation, string? quality)
    {
        const string Fact = "what keeps Vault's memory from unencrypted swap";
        const string Expected = "no swap, a cgroup limit, locked memory or attested encryption";
        var ways = ListWays(memory, server.Memory, attestation);
        yield return ways.Count == 0 && memory.SwapDevices is null
            ? Judgement.Unknown(Fact, Expected, $"nothing was found, but not everything could be read ({Describe(memory)})")
            : Judgement.Of(Fact, ways.Count > 0, Expected, ways.Count > 0
                ? string.Join("; ", ways)
                : $"nothing ({Describe(memory)}{ExplainBurstable(memory, quality)})")
                .Saying($"Vault's memory can be written to unencrypted swap ({Describe(memory)}).");

        var swapFact = $"VmSwap of {server.DescribeLabel()}";
        yield return server.Memory.SwappedKilobytes is { } swapped
            ? Judgement.Of(swapFact, swapped == 0, "0 kB", $"{swapped} kB")
                .Saying($"{swapped} kB of the memory of {server.DescribeLabel()} are in swap.")
            : Judgement.Unknown(swapFact, "0 kB", "the kernel does not tell it here");
        yield return memory.SwapCurrentBytes is { } current
            ? Judgement.Of("memory.swap.current of the container", current == 0, "0", $"{current} bytes")
                .Saying($"{current} bytes of the container's memory are in swap.")
            : Judgement.Irrelevant("memory.swap.current of the container", "the kernel keeps no such figure here");
    }

    /// <summary>The ways that hold, in words.</summary>
    /// <param name="memory">Swap and limits.</param>
    /// <param name="process">Memory of the server; null when only the container counts.</param>
    /// <param name="attestation">Attestation that all swap is encrypted; null when there is none.</param>
    public static IReadOnlyList<string> ListWays(MemoryConfinement memory, ProcessMemory? process, string? attestation)
    {
        IEnumerable<(bool Holds, string Way)> ways =
        [
            (memory.SwapDevices is { Count: 0 }, "(a) the node has no swap"),
            (memory.SwapMax == "0", "(b) memory.swap.max is 0"),
            (IsClosedByCgroupV1(memory), $"(c) cgroup v1: memory limit and memory+swap limit are both {memory.MemoryLimitBytes} bytes"),
            (process is not null && MlockEffect.IsLocked(process), $"(d) memory is locked: VmLck {process?.LockedKilobytes} kB"),
            (attestation is not null, $"(e) the profile attests encrypted swap: {attestation}"),
        ];
        return [.. ways.Where(way => way.Holds).Select(way => way.Way)];
    }

    // A node with LimitedSwap gives swap to pods of this class and to no others.
    private static string ExplainBurstable(MemoryConfinement memory, string? quality) =>
        quality == "Burstable" && memory.SwapMax is not (null or "0")
            ? "; the pod is Burstable, and the node gives such pods swap (LimitedSwap)"
            : string.Empty;

    private static string Describe(MemoryConfinement memory)
    {
        var devices = memory.SwapDevices is null ? "unknown" : string.Join(", ", memory.SwapDevices.Select(device => device.Name));
        var limit = memory.MemoryLimitBytes?.ToString(CultureInfo.InvariantCulture) ?? (memory.MemoryLimitKnown ? "none" : "unknown");
        return $"swap devices: {(devices.Length == 0 ? "none" : devices)}; cgroup "
            + $"v{memory.CgroupVersion?.ToString(CultureInfo.InvariantCulture) ?? "?"}; "
            + $"memory.swap.max: {memory.SwapMax ?? "missing, which is not zero"}; memory limit: {limit}";
    }

    // Without a finite memory limit the kubelet sets nothing on cgroup v1, and two unlimited values would be equal too.
    private static bool IsClosedByCgroupV1(MemoryConfinement memory) =>
        memory is { CgroupVersion: 1, MemoryLimitKnown: true, MemoryLimitBytes: { } limit, MemoryAndSwapLimitBytes: { } both }
            && limit == both;
}
