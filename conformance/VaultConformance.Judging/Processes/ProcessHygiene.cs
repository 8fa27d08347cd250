using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Profiles;
using k8s.Models;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether the container runs Vault and nothing else.</summary>
public static class ProcessHygiene
{
    private static readonly string[] Shells = ["sh", "ash", "bash", "dash"];
    private static readonly string[] Inits = ["dumb-init", "tini", "tini-static", "catatonit"];

    /// <summary>Judges the process table.</summary>
    /// <param name="table">Processes of the server container.</param>
    /// <param name="container">The container as admitted; its probes run in it too.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public static IEnumerable<Judgement> Judge(ProcessTable table, V1Container container, ProfileParameters parameters)
    {
        var zombies = table.Workload.Where(process => process.State == "Z").ToList();
        var above = table.VaultServers.SelectMany(server => ListAncestors(server, table)).ToHashSet();
        var strangers = table.Workload.Except(zombies).Except(table.VaultServers)
            .Where(process => !(above.Contains(process) && Starts(process)) && !parameters.DeclaredProcesses.Contains(process.Comm));
        yield return Judgement.None("processes beside Vault and what starts it", strangers.Select(Describe))
            .Saying(found => $"Other processes run beside Vault: {found}.");
        yield return Judgement.None("servers beside the first", table.VaultServers.Skip(1).Select(Describe))
            .Saying(found => $"More than one server runs in the container: {found}.");
        yield return Judgement.None("zombies", zombies.Select(Servers.DescribeLabel))
            .Saying(found => $"Processes that ended are not collected (zombies): {found}.");
        yield return JudgeOthers(table, container, parameters);
    }

    /// <summary>Judges the pod.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="sidecars">Names of the containers beside the server.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, IReadOnlyList<string> sidecars, ProfileParameters parameters)
    {
        var undeclared = sidecars.Except(parameters.DeclaredContainers).ToList();
        yield return Judgement.None("containers beside the server that are not declared", undeclared)
            .Saying(found => $"The pod runs containers beside the server that the profile does not declare: {found}.");
        var shared = pod.Spec.ShareProcessNamespace == true;
        var declared = sidecars.Count > 0 && undeclared.Count == 0;
        yield return Judgement.Of(
            "shareProcessNamespace",
            !shared || declared,
            "false, or only with declared containers",
            shared ? $"true with {(sidecars.Count == 0 ? "no other container" : string.Join(", ", sidecars))}" : "false")
            .Saying("The containers of the pod share their processes (shareProcessNamespace).");
    }

    // Whatever was started beside the first process: probes of the kubelet are declared in the pod, the rest is not.
    private static Judgement JudgeOthers(ProcessTable table, V1Container container, ProfileParameters parameters)
    {
        const string Fact = "processes that were started beside the container's own";
        var probes = new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }
            .Select(probe => probe?.Exec?.Command).OfType<IList<string>>().ToList();
        var roots = table.Others.Where(process => table.Others.All(other => other.Pid != process.ParentPid)).ToList();
        var strangers = roots.Where(
            root => !probes.Exists(probe => IsRunOf(root, probe)) && !parameters.DeclaredProcesses.Contains(root.Comm)).ToList();
        return table.SessionPid is null && strangers.Count > 0
            ? Judgement.Unknown(
                Fact, "none", $"{string.Join(", ", strangers.Select(Describe))}; which of them is the look itself was not recorded")
            : Judgement.None(Fact, strangers.Select(Describe))
                .Saying(found => $"Processes were started beside the container's own: {found}.");
    }

    // A probe through a shell ends up as the command itself where the shell replaces itself by it.
    private static bool IsRunOf(ProcessFacts process, IList<string> probe) =>
        process.CommandLine.SequenceEqual(probe)
        || (Shells.Contains(Path.GetFileName(probe[0]))
            && process.CommandLine.Count > 0
            && probe[^1].Contains(string.Join(' ', process.CommandLine), StringComparison.Ordinal));

    private static IEnumerable<ProcessFacts> ListAncestors(ProcessFacts process, ProcessTable table)
    {
        for (var parent = FindParent(process, table); parent is not null; parent = FindParent(parent, table))
        {
            yield return parent;
        }
    }

    private static ProcessFacts? FindParent(ProcessFacts process, ProcessTable table) => process.ParentPid == process.Pid
        ? null
        : table.Workload.FirstOrDefault(candidate => candidate.Pid == process.ParentPid);

    // The kernel names a script after its file, so that the program decides: a shell or an init, and of busybox only its shell.
    private static bool Starts(ProcessFacts process)
    {
        var program = Path.GetFileName(process.Executable ?? (process.CommandLine is [var first, ..] ? first : process.Comm));
        return program == "busybox"
            ? process.CommandLine is [var applet, ..] && Shells.Contains(Path.GetFileName(applet).TrimStart('-'))
            : Shells.Contains(program) || Inits.Contains(program);
    }

    private static string Describe(ProcessFacts process)
    {
        var command = string.Join(' ', process.CommandLine.Take(2));
        return command.Length == 0 || command == process.Comm ? process.DescribeLabel() : $"{process.DescribeLabel()}: {command}";
    }
}
