using System.Globalization;

namespace VaultConformance.Harness.Observations;

/// <summary>The capability sets of a process as bit masks.</summary>
/// <param name="Inheritable">CapInh.</param>
/// <param name="Permitted">CapPrm.</param>
/// <param name="Effective">CapEff.</param>
/// <param name="Bounding">CapBnd.</param>
/// <param name="Ambient">CapAmb.</param>
public sealed record CapabilityMasks(ulong Inheritable, ulong Permitted, ulong Effective, ulong Bounding, ulong Ambient)
{
    /// <summary>Bit 14, needed to lock memory beyond RLIMIT_MEMLOCK.</summary>
    public const ulong IpcLock = 1UL << 14;

    /// <summary>A mask as the kernel prints it: 16 hexadecimal digits.</summary>
    /// <param name="mask">The mask.</param>
    public static string Format(ulong mask) => mask.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>The signal sets of a process as bit masks; bit n-1 stands for signal n; null where the kernel does not tell.</summary>
/// <param name="Blocked">SigBlk.</param>
/// <param name="Ignored">SigIgn.</param>
/// <param name="Caught">SigCgt.</param>
public sealed record SignalMasks(ulong? Blocked, ulong? Ignored, ulong? Caught)
{
    /// <summary>SIGHUP, signal 1.</summary>
    public const ulong Hangup = 1UL << 0;

    /// <summary>SIGTERM, signal 15.</summary>
    public const ulong Terminate = 1UL << 14;
}

/// <summary>Memory figures of <c>/proc/PID/status</c> in kB; null where the kernel does not tell.</summary>
/// <param name="LockedKilobytes">VmLck.</param>
/// <param name="ResidentKilobytes">VmRSS.</param>
/// <param name="SwappedKilobytes">VmSwap.</param>
public sealed record ProcessMemory(long? LockedKilobytes, long? ResidentKilobytes, long? SwappedKilobytes);

/// <summary>What a process environment says; values only of names that are known to hold no secret.</summary>
/// <param name="Names">All variable names.</param>
/// <param name="Settings">Values of the known harmless names, for example <c>GOTRACEBACK</c>, <c>VAULT_ADDR</c>, <c>TMPDIR</c>.</param>
public sealed record EnvironmentFacts(IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Settings);
