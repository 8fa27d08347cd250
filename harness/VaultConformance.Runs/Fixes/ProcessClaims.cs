using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>Which facts about memory, core files and processes of the server a change mends.</summary>
internal static class ProcessClaims
{
    private static readonly string[] OfHook =
    [
        "commands of the preStop hook that the image does not have", "time left for the shutdown", "margin for the shutdown",
        "failures of the preStop hook", "time until the server ended", "shutdown line in the server's log", "exit code of ",
    ];

    /// <summary>True when it mends the fact.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="control">The control.</param>
    /// <param name="finding">The fact.</param>
    public static bool Mends(ClaimFacts facts, string control, Finding finding) => control switch
    {
        "MEM-1" => finding.Fact == "what keeps Vault's memory from unencrypted swap" && HasEqualMemory(facts),
        "MEM-2" => MendsDecision(facts, finding),
        "MEM-3" => (finding.Fact == "IPC_LOCK although mlock is off, in added capabilities"
                && finding.Actual == $"granted to container {ChartNames.Container}")
            || finding.Fact.StartsWith("IPC_LOCK although mlock is off, in the bounding set of ", StringComparison.Ordinal)
            || facts.ConfigBefore != facts.ConfigAfter,
        "MEM-4" => finding.Fact is "memory of container vault" or "memory limit of the container's cgroup" && HasEqualMemory(facts),
        "CORE-4" => MendsTriggers(facts, finding),
        "PROC-2" or "PROC-3" => (facts.Changes("preStop") || facts.Changes("terminationGracePeriodSeconds"))
            && OfHook.Any(fact => finding.Fact.StartsWith(fact, StringComparison.Ordinal)),
        "PROC-4" => MendsReload(facts, finding),
        "PROC-5" => finding.Fact == "shareProcessNamespace" && facts.Changes("shareProcessNamespace"),
        _ => false,
    };

    private static bool HasEqualMemory(ClaimFacts facts) => facts.Read("resources", "limits", "memory") is { } limit
        && facts.Read("resources", "requests", "memory") == limit && facts.Changes("resources");

    private static bool MendsDecision(ClaimFacts facts, Finding finding) => finding.Fact switch
    {
        "disable_mlock as rendered" or "disable_mlock in the loaded configuration" or "disable_mlock as the server reports it" =>
            facts.ConfigBefore != facts.ConfigAfter || facts.Changes("extraEnvironmentVars"),
        _ => ChartNames.ListVariables("DISABLE_MLOCK").Any(
            name => finding.Fact == $"{name} in the environment" && ListTaken(facts).Contains(name)),
    };

    private static bool MendsTriggers(ClaimFacts facts, Finding finding) => finding.Fact == "configuration with enable_post_unseal_trace"
        ? facts.ConfigBefore != facts.ConfigAfter
        : finding.Fact.StartsWith("settings that make ", StringComparison.Ordinal) && ClaimFacts.Split(finding).All(item =>
            (item.Contains("pprof-dump-dir", StringComparison.Ordinal) && facts.Changes("extraArgs"))
                || ListTaken(facts).Any(name => item.Contains(name, StringComparison.Ordinal)));

    // What never arrived was never signalled: everything that failed then follows from where the server reads its certificate.
    private static bool MendsReload(ClaimFacts facts, Finding finding) =>
        (finding.Fact.StartsWith("subPath of the mount under ", StringComparison.Ordinal) && MountsWhole(facts))
        || ((finding.Fact is "mounted certificate" or "reload line in the server's log"
                || finding.Fact.StartsWith("certificate after SIGHUP", StringComparison.Ordinal))
            && (MountsWhole(facts) || ChangesCertificateFile(facts)));

    // The kubelet never renews a file that is mounted alone.
    private static bool MountsWhole(ClaimFacts facts) => ListParts(facts.Before).Except(ListParts(facts.After)).Any();

    private static IEnumerable<string> ListParts(FixMap values) =>
        ((values.FindAt("server", "volumeMounts") as FixList)?.Items.OfType<FixMap>() ?? [])
            .Where(mount => mount.Find("subPath") is not null)
            .Select(mount => (mount.Find("mountPath") as FixText)?.Text ?? string.Empty);

    private static bool ChangesCertificateFile(ClaimFacts facts) =>
        new ListenerText(facts.ConfigAfter).CertificateFiles is { Count: > 0 } after
            && !after.SequenceEqual(new ListenerText(facts.ConfigBefore).CertificateFiles, StringComparer.Ordinal);

    private static IEnumerable<string> ListTaken(ClaimFacts facts) =>
        ((facts.Before.FindAt("server", "extraEnvironmentVars") as FixMap)?.Entries ?? [])
            .Where(entry => facts.Read("extraEnvironmentVars", entry.Key) is null)
            .Select(entry => entry.Key);
}
