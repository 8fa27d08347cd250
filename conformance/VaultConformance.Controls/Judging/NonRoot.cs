using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether anything runs as root.</summary>
internal static class NonRoot
{
    /// <summary>Judges the tree below PID 1: looking at Vault alone would hide a root supervisor above it.</summary>
    /// <param name="table">Processes of the server container.</param>
    /// <param name="groupZeroAllowed">True where group 0 is accepted.</param>
    public static IEnumerable<Judgement> Judge(ProcessTable table, bool groupZeroAllowed)
    {
        foreach (var process in table.Workload)
        {
            yield return Judgement.Of(
                $"UIDs of {process.Label()}", process.Uids.Count > 0 && !process.Uids.Contains(0), "no 0", $"{Text(process.Uids)}{UserNamespace(process)}");
            yield return groupZeroAllowed
                ? Judgement.Irrelevant($"GIDs of {process.Label()}", "the profile accepts group 0")
                : Judgement.Of($"GIDs of {process.Label()}", process.Gids.Count > 0 && !process.Gids.Contains(0), "no 0", Text(process.Gids));
        }
    }

    /// <summary>Judges a container by what is declared: init containers have ended and sidecars are not Vault's.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The container.</param>
    public static Judgement Judge(V1Pod pod, V1Container container)
    {
        var user = pod.User(container);
        var holds = user is not 0 && (user is not null || pod.RunsAsNonRoot(container));
        return Judgement.Of(
            $"declared user of container {container.Name}", holds, "runAsNonRoot, or a runAsUser other than 0",
            $"runAsUser {user?.ToString() ?? "not set"}, runAsNonRoot {(pod.RunsAsNonRoot(container) ? "true" : "not true")}");
    }

    private static string Text(IReadOnlyList<long> ids) => ids.Count == 0 ? "unreadable" : string.Join('/', ids);

    private static string UserNamespace(ProcessFacts process) =>
        process.UidMap is { } map && map.Trim() != "0 0 4294967295" ? $" in a user namespace ({map})" : string.Empty;
}
