using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>Whether anything runs as root.</summary>
public static class NonRoot
{
    /// <summary>
    /// Judges the tree below PID 1 and what runs beside it: looking at Vault alone would hide a root supervisor above it.
    /// </summary>
    /// <param name="table">Processes of the server container.</param>
    /// <param name="groupZeroAllowed">True where group 0 is accepted.</param>
    public static IEnumerable<Judgement> Judge(ProcessTable table, bool groupZeroAllowed) => table.JudgeEach(process => (Judgement[])
    [
        JudgeIds($"UIDs of {process.DescribeLabel()}", process.Uids, DescribeUserNamespace(process))
            .SayingOf(
                process.DescribeLabel(),
                $"{FailureSentence.Placeholder} runs as root (UIDs {FormatText(process.Uids)}).",
                $"{FailureSentence.Placeholder} run as root (UIDs {FormatText(process.Uids)})."),
        groupZeroAllowed
            ? Judgement.Irrelevant($"GIDs of {process.DescribeLabel()}", "the profile accepts group 0")
            : JudgeIds($"GIDs of {process.DescribeLabel()}", process.Gids, string.Empty)
                .SayingOf(
                    process.DescribeLabel(),
                    $"{FailureSentence.Placeholder} runs with group 0 (GIDs {FormatText(process.Gids)}).",
                    $"{FailureSentence.Placeholder} run with group 0 (GIDs {FormatText(process.Gids)})."),
    ]);

    // Real, effective, saved and file system: all four, or not all was seen.
    private static Judgement JudgeIds(string fact, IReadOnlyList<long> ids, string addition)
    {
        const int Columns = 4;
        return ids.Contains(0) || ids.Count == Columns
            ? Judgement.Of(fact, !ids.Contains(0), "no 0", $"{FormatText(ids)}{addition}")
            : Judgement.Unknown(fact, "no 0", $"{FormatText(ids)}: not all four ids were read");
    }

    /// <summary>Judges the declared group of a container whose processes are not checked.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The container.</param>
    /// <param name="groupZeroAllowed">True where group 0 is accepted.</param>
    public static Judgement JudgeGroup(V1Pod pod, V1Container container, bool groupZeroAllowed)
    {
        var group = pod.Group(container);
        var fact = $"declared group of container {container.Name}";
        return groupZeroAllowed
            ? Judgement.Irrelevant(fact, "the profile accepts group 0")
            : Judgement.Of(fact, group is not 0, "another than 0", group is { } id ? $"{id}" : "left to the image")
                .Saying($"Container {container.Name} is declared to run with group 0.");
    }

    /// <summary>Judges a container by what is declared: init containers have ended and sidecars are not Vault's.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The container.</param>
    public static Judgement Judge(V1Pod pod, V1Container container)
    {
        var user = pod.GetUser(container);
        var holds = user is not 0 && (user is not null || pod.RunsAsNonRoot(container));
        return Judgement.Of(
            $"declared user of container {container.Name}", holds, "runAsNonRoot, or a runAsUser other than 0",
            $"runAsUser {user?.ToString() ?? "not set"}, runAsNonRoot {(pod.RunsAsNonRoot(container) ? "true" : "not true")}")
            .Saying(user == 0
                ? $"Container {container.Name} is declared to run as root (runAsUser 0)."
                : $"Container {container.Name} may run as root: neither runAsNonRoot nor a runAsUser is set.");
    }

    private static string FormatText(IReadOnlyList<long> ids) => ids.Count == 0 ? "unreadable" : string.Join('/', ids);

    private static string DescribeUserNamespace(ProcessFacts process) =>
        process.UidMap is { } map && map.Trim() != "0 0 4294967295" ? $" in a user namespace ({map})" : string.Empty;
}
