using VaultConformance.Harness.Facts;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads groups of lines of <c>/proc/PID/status</c>.</summary>
internal static class ProcessStatusParser
{
    /// <summary>The capability sets. A set that is not shown counts as full, so that a gap never looks like a dropped set.</summary>
    public static CapabilityMasks Capabilities(KeyedLines status) => new(
        status.Mask("CapInh") ?? ulong.MaxValue,
        status.Mask("CapPrm") ?? ulong.MaxValue,
        status.Mask("CapEff") ?? ulong.MaxValue,
        status.Mask("CapBnd") ?? ulong.MaxValue,
        status.Mask("CapAmb") ?? AmbientWhenAbsent(status));

    /// <summary>The signal sets; zero when not shown.</summary>
    public static SignalMasks Signals(KeyedLines status) => new(
        status.Mask("SigBlk") ?? 0, status.Mask("SigIgn") ?? 0, status.Mask("SigCgt") ?? 0);

    /// <summary>Memory figures; null where the kernel does not tell.</summary>
    public static ProcessMemory Memory(KeyedLines status) => new(status.Number("VmLck"), status.Number("VmRSS"), status.Number("VmSwap"));

    /// <summary>Kernels before 4.3 and gVisor have no ambient set; one that shows the others but not this has none to show.</summary>
    private static ulong AmbientWhenAbsent(KeyedLines status) => status.Mask("CapEff") is null ? ulong.MaxValue : 0;
}
