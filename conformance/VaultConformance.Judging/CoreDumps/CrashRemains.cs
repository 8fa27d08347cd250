using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.CoreDumps;

/// <summary>What a crash left behind.</summary>
public static class CrashRemains
{
    // The kernel writes no core file that may not hold a page (binfmt_elf: min_coredump); 4096 bytes is the smallest page there is. A
    // process may raise its soft limit up to the hard one.
    private const ulong SmallestPage = 4096;
    private const string Suffix = "-crash-canary";

    /// <summary>
    /// Judges the files. Where the limit lets the kernel write and nothing was found, the file may lie where nobody looked; only a limit
    /// below a page, or a handler whose store was checked, explains that there is none.
    /// </summary>
    /// <param name="crash">What happened.</param>
    public static Judgement Judge(CrashCanaryFacts crash)
    {
        var fact = $"core files after a crash with core limit {crash.CoreLimit} and pattern '{crash.CorePattern}'";
        var explained =
            IsHandled(crash) ? crash.CoreLimit == ResourceLimit.Zero || crash.NodeStore is not null : crash.CoreLimit.Hard < SmallestPage;
        return crash.NewFiles.Count > 0 || explained
            ? Judgement.None(fact, crash.NewFiles).Saying(found => $"The crash left files: {found}.")
            : Judgement.Unknown(
                fact, "none", "none was found, although the limit lets the kernel write one: it may lie where nobody looked");
    }

    /// <summary>The replica is a copy of a server pod and named after it, and it crashed on a node of the release.</summary>
    /// <param name="crash">What happened.</param>
    /// <param name="servers">Names of the server pods.</param>
    /// <param name="patterns">Core patterns that server pods saw; empty when none was recorded.</param>
    public static IEnumerable<Judgement> JudgeSubject(
        CrashCanaryFacts crash, IReadOnlyCollection<string> servers, IReadOnlyCollection<string> patterns)
    {
        if (!servers.Any(server => crash.Pod == $"{server}{Suffix}"))
        {
            yield return Judgement.Unknown(
                "pod that was crashed",
                $"a copy of a server pod ({string.Join(", ", servers.Select(server => server + Suffix))})",
                $"'{crash.Pod}', which does not belong to this release");
        }

        if (patterns.Count > 0 && !patterns.Contains(crash.CorePattern))
        {
            yield return Judgement.Unknown(
                "core pattern at the crash",
                "that of a server's node",
                $"'{crash.CorePattern}', while the servers saw "
                    + string.Join(", ", patterns.Order(StringComparer.Ordinal).Select(pattern => $"'{pattern}'")));
        }
    }

    private static bool IsHandled(CrashCanaryFacts crash) => crash.CorePattern.StartsWith('|') || crash.CorePattern.StartsWith('@');
}
