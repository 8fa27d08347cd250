using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.CoreDumps;

/// <summary>What a crash left behind.</summary>
internal static class CrashRemains
{
    // The kernel writes no core file that may not hold a page (binfmt_elf: min_coredump); 4096 bytes is the smallest page there is. A process may raise its soft limit
    // up to the hard one.
    private const ulong SmallestPage = 4096;

    /// <summary>
    /// Judges the files. Where the limit lets the kernel write and nothing was found, the file may lie where nobody looked; only a limit below a page, or a
    /// handler whose store was looked at, explains that there is none.
    /// </summary>
    /// <param name="crash">What happened.</param>
    public static Judgement Judge(CrashCanaryFacts crash)
    {
        var fact = $"core files after a crash with core limit {crash.CoreLimit} and pattern '{crash.CorePattern}'";
        var explained = IsHandled(crash) ? crash.CoreLimit == ResourceLimit.Zero || crash.NodeStore is not null : crash.CoreLimit.Hard < SmallestPage;
        return crash.NewFiles.Count > 0 || explained
            ? Judgement.None(fact, crash.NewFiles)
            : Judgement.Unknown(fact, "none", "none was found, although the limit lets the kernel write one: it may lie where nobody looked");
    }

    private static bool IsHandled(CrashCanaryFacts crash) => crash.CorePattern.StartsWith('|') || crash.CorePattern.StartsWith('@');
}
