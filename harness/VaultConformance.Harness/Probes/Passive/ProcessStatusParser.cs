using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads groups of lines of <c>/proc/PID/status</c>.</summary>
internal static class ProcessStatusParser
{
    private static readonly string[] Masks = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "SigBlk", "SigIgn", "SigCgt"];
    private static readonly string[] Numbers = ["VmLck", "VmRSS", "VmSwap", "NoNewPrivs", "Seccomp", "Seccomp_filters"];

    /// <summary>The capability sets. A set that is not shown counts as full, so that a gap never looks like a dropped set.</summary>
    public static CapabilityMasks ReadCapabilities(KeyedLines status) => new(
        status.Mask("CapInh") ?? ulong.MaxValue,
        status.Mask("CapPrm") ?? ulong.MaxValue,
        status.Mask("CapEff") ?? ulong.MaxValue,
        status.Mask("CapBnd") ?? ulong.MaxValue,
        status.Mask("CapAmb") ?? ReadAmbientWhenAbsent(status));

    /// <summary>The signal sets; null where they are not shown.</summary>
    public static SignalMasks ReadSignals(KeyedLines status) => new(status.Mask("SigBlk"), status.Mask("SigIgn"), status.Mask("SigCgt"));

    /// <summary>Refuses a status whose lines are there but say nothing that can be read: a guess about them would be a judgement.</summary>
    /// <param name="status">The lines.</param>
    /// <param name="target">The container, for the message.</param>
    /// <param name="pid">The process, for the message.</param>
    /// <exception cref="PodDumpException">A line is garbled.</exception>
    public static void RequireReadable(KeyedLines status, PodContainer target, int pid)
    {
        var garbled = Masks.Where(key => status.FindText(key) is not null && status.Mask(key) is null)
            .Concat(Numbers.Where(key => status.FindText(key) is not null && status.FindNumber(key) is null))
            .Concat(status.Repeated)
            .ToList();
        if (garbled.Count > 0)
        {
            throw new PodDumpException($"{target} shows a status of process {pid} that cannot be read: {string.Join(", ", garbled)}.");
        }
    }

    /// <summary>Memory figures; null where the kernel does not tell.</summary>
    public static ProcessMemory ReadMemory(KeyedLines status) =>
        new(status.FindNumber("VmLck"), status.FindNumber("VmRSS"), status.FindNumber("VmSwap"));

    /// <summary>Kernels before 4.3 and gVisor have no ambient set; one that shows the others but not this has none to show.</summary>
    private static ulong ReadAmbientWhenAbsent(KeyedLines status) => status.Mask("CapEff") is null ? ulong.MaxValue : 0;
}
