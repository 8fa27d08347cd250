using System.Globalization;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Versions;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Memory;

/// <summary>Whether memory is really locked. That Vault says "mlock supported" or that IPC_LOCK is granted proves nothing.</summary>
public static class MlockEffect
{
    private const string Fact = "IPC_LOCK although mlock is off";
    private const string RefusedLine = "Failed to lock memory";

    // mlockall locks every mapping, so that no less is locked than is resident. The kernel counts resident pages per processor and adds
    // them up late.
    private const long CountingKilobytes = 1024;

    /// <summary>True when all resident memory is locked.</summary>
    /// <param name="memory">Figures of the process.</param>
    public static bool IsLocked(ProcessMemory memory) =>
        memory is { LockedKilobytes: > 0 and var locked, ResidentKilobytes: { } resident } && locked + CountingKilobytes >= resident;

    /// <summary>mlock is off: IPC_LOCK must not be granted, to no container of the pod.</summary>
    /// <param name="containers">The containers as admitted.</param>
    /// <param name="server">The server process.</param>
    /// <param name="version">Version of the server.</param>
    public static IEnumerable<Judgement> JudgeNotGranted(IReadOnlyList<V1Container> containers, ProcessFacts server, string version)
    {
        if (ServerVersions.BuiltIn.Get(VersionRuleIds.IpcLockOnBinary).Holds(ServerProduct.Vault.Name, version) == true)
        {
            yield return Judgement.Irrelevant(
                Fact, $"the binary of Vault {version} carries the capability and cannot be executed without it");
            yield break;
        }

        yield return JudgeAdded(containers);
        var bounding = server.Capabilities.Bounding;
        yield return Judgement.Of(
            $"{Fact}, in the bounding set of {server.DescribeLabel()}",
            (bounding & CapabilityMasks.IpcLock) == 0,
            "not granted",
            CapabilitySet.Format(bounding))
            .Saying($"IPC_LOCK is in the bounding set of {server.DescribeLabel()}, although mlock is off.");
    }

    /// <summary>mlock is off: no container is declared to get IPC_LOCK.</summary>
    /// <param name="containers">The containers as declared.</param>
    internal static Judgement JudgeAdded(IEnumerable<V1Container> containers) => Judgement.None(
        $"{Fact}, in added capabilities", containers.Where(container => container.AddsCapability("IPC_LOCK"))
            .Select(container => $"granted to container {container.Name}"))
        .Saying(found => $"IPC_LOCK is {found}, although mlock is off.");

    /// <summary>mlock is requested: memory must be locked.</summary>
    /// <param name="server">The server process.</param>
    public static Judgement JudgeLocked(ProcessFacts server)
    {
        var fact = $"locked memory of {server.DescribeLabel()}, as disable_mlock = false requests";
        const string Expected = "as much as VmRSS";
        var (locked, resident) = (server.Memory.LockedKilobytes, server.Memory.ResidentKilobytes);
        return locked is 0 || (locked is not null && resident is not null)
            ? Judgement.Of(
                fact,
                IsLocked(server.Memory),
                Expected,
                $"VmLck {locked} kB with VmRSS {resident?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} kB and memlock limit "
                    + $"{server.Limits?.LockedMemory.ToString() ?? "unknown"}")
                .Saying($"disable_mlock is false, but {server.DescribeLabel()} has locked only {locked} kB of its memory.")
            : Judgement.Unknown(fact, Expected, "the kernel does not tell it here");
    }

    /// <summary>The log must not say that locking failed.</summary>
    /// <param name="log">Lines of the server log.</param>
    public static Judgement JudgeLog(ServerLogFacts log) => Judgement.None(
        "log lines that say that memory could not be locked",
        log.Lines.Where(line => line.Contains(RefusedLine, StringComparison.Ordinal)))
        .Saying("The server's log says that memory could not be locked.");
}
