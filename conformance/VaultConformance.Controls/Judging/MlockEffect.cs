using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether memory is really locked. That Vault says "mlock supported" or that IPC_LOCK is granted proves nothing.</summary>
internal static class MlockEffect
{
    private const string RefusedLine = "Failed to lock memory";

    // The kernel counts locked and resident pages differently; half is the same order and far from the zero of a process that locks nothing.
    private const int ResidentPerLocked = 2;

    private static readonly Version[] NeedingIpcLock = [new(1, 19, 17), new(1, 20, 11), new(1, 21, 6), new(2, 0, 1)];

    /// <summary>True when locked memory is above zero and of the order of resident memory.</summary>
    /// <param name="memory">Figures of the process.</param>
    public static bool Locked(ProcessMemory memory) =>
        memory.LockedKilobytes is > 0 and var locked && locked * ResidentPerLocked >= (memory.ResidentKilobytes ?? 0);

    /// <summary>mlock is off: IPC_LOCK must not be granted.</summary>
    /// <param name="container">The container as admitted.</param>
    /// <param name="server">The server process.</param>
    /// <param name="version">Version of the server.</param>
    public static IEnumerable<Judgement> JudgeNotGranted(V1Container container, ProcessFacts server, string version)
    {
        const string Fact = "IPC_LOCK although mlock is off";
        if (VaultVersion.TryParse(version) is { } parsed && NeedingIpcLock.Contains(parsed))
        {
            yield return Judgement.Irrelevant(Fact, $"the binary of Vault {version} carries the capability and cannot be executed without it");
            yield break;
        }

        yield return Judgement.Of($"{Fact}, in the pod's added capabilities", !container.AddsCapability("IPC_LOCK"), "not granted", Granted(container));
        var bounding = server.Capabilities.Bounding;
        yield return Judgement.Of(
            $"{Fact}, in the bounding set of {server.Label()}", (bounding & CapabilityMasks.IpcLock) == 0, "not granted", CapabilitySet.Text(bounding));
    }

    /// <summary>mlock is requested: memory must be locked.</summary>
    /// <param name="server">The server process.</param>
    public static Judgement JudgeLocked(ProcessFacts server)
    {
        var fact = $"locked memory of {server.Label()}, as disable_mlock = false requests";
        const string Expected = "above zero and of the order of VmRSS";
        return server.Memory.LockedKilobytes is { } locked
            ? Judgement.Of(
                fact,
                Locked(server.Memory),
                Expected,
                $"VmLck {locked} kB with VmRSS {server.Memory.ResidentKilobytes} kB and memlock limit {server.Limits?.LockedMemory.ToString() ?? "unknown"}")
            : Judgement.Unknown(fact, Expected, "the kernel does not tell it here");
    }

    /// <summary>The log must not say that locking failed.</summary>
    /// <param name="log">Lines of the server log.</param>
    public static Judgement JudgeLog(ServerLogFacts log) => Judgement.None(
        "log lines that say that memory could not be locked", log.Lines.Where(line => line.Contains(RefusedLine, StringComparison.Ordinal)));

    private static string Granted(V1Container container) =>
        container.SecurityContext?.Capabilities?.Add is { Count: > 0 } added ? string.Join(", ", added) : "none added";
}
