using System.Globalization;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Storage;

namespace VaultConformance.Judging.Quorum;

/// <summary>Whether the servers keep their data in integrated storage that survives the loss of a server.</summary>
internal static class RaftQuorum
{
    private const string Raft = "raft";
    private const string Storage = "storage of the server";
    private const string Integrated = "integrated storage (raft)";
    private const string Voters = "voters of the integrated storage";

    /// <summary>Judges the kind of storage of one server.</summary>
    /// <param name="state">What it says.</param>
    public static Judgement JudgeStorage(VaultServerState state)
    {
        var kind = state.StorageType.ToLowerInvariant();
        var folder = new StorageFolder(kind, null);
        return kind == Raft ? Judgement.Of(Storage, true, Integrated, Raft)
            : kind.Length == 0 ? Judgement.Unknown(Storage, Integrated, "the server does not say which storage it has")
            : folder.IsLocal || folder.IsInMemory ? Judgement.Of(Storage, false, Integrated, kind)
                .Saying($"The server keeps its data in storage '{kind}', which only one server can use: when that is lost, Vault is.")
            : folder.IsRemote ? Judgement.Irrelevant(Storage, $"the quorum is that of '{kind}', which this run does not see")
            : Judgement.Unknown(Storage, Integrated, $"'{kind}' is not a kind of storage that this program knows");
    }

    /// <summary>How many servers may be missing at once; null when that is not known.</summary>
    /// <param name="kinds">Kind of storage of each server; null for one that does not say it.</param>
    /// <param name="facts">The members of the integrated storage; null when they are not known.</param>
    public static int? FindTolerance(IReadOnlyList<string?> kinds, RaftFacts? facts) =>
        facts is not null ? Math.Max(0, (facts.Peers.Count(peer => peer.Voter) - 1) / 2)
        : kinds.All(kind => !string.IsNullOrEmpty(kind) && kind != Raft) ? Math.Max(0, (kinds.Count - 1) / 2)
        : null;

    /// <summary>Judges the members. Read replicas do not count for the quorum.</summary>
    /// <param name="facts">What the servers say.</param>
    /// <param name="pods">The server pods.</param>
    public static IEnumerable<Judgement> Judge(RaftFacts facts, IReadOnlyList<V1Pod> pods)
    {
        var voters = facts.Peers.Where(peer => peer.Voter).ToList();
        yield return JudgeCount(voters.Count);
        yield return Judgement.None(
                "members that are not a server pod",
                facts.Peers.Where(peer => !pods.Any(pod => IsOf(peer, pod))).Select(peer => $"{peer.NodeId} ({peer.Address})"))
            .Saying(found => $"Integrated storage counts members that are not a server pod of the release: {found}.");
        yield return Judgement.None(
                "server pods that are not members",
                pods.Where(pod => !facts.Peers.Any(peer => IsOf(peer, pod))).Select(pod => pod.Metadata.Name))
            .Saying(found => $"Servers are not members of the integrated storage: {found}.");
        yield return JudgeHealth(facts);
        yield return JudgeTolerance(facts);
    }

    private static Judgement JudgeCount(int voters)
    {
        var actual = voters.ToString(CultureInfo.InvariantCulture);
        return voters < 3 || voters % 2 == 0
            ? Judgement.Of(Voters, false, "an odd number of at least 3", actual)
                .Saying($"The integrated storage has {actual} voter{(voters == 1 ? string.Empty : "s")}: a quorum that survives a loss "
                    + "without waste needs an odd number, at least 3.")
            : Judgement.Advised(Voters, voters >= 5, "5 or more", actual);
    }

    private static Judgement JudgeHealth(RaftFacts facts)
    {
        const string Fact = "health by autopilot";
        const string Expected = "healthy";
        return facts.Healthy is not { } healthy
            ? Judgement.Unknown(Fact, Expected, facts.AutopilotProblem ?? "autopilot does not say it")
            : Judgement.Of(Fact, healthy, Expected, healthy ? Expected : "not healthy")
                .Saying("Autopilot calls the integrated storage not healthy.");
    }

    private static Judgement JudgeTolerance(RaftFacts facts)
    {
        const string Fact = "members that may fail";
        const string Expected = "at least 1";
        return facts.FailureTolerance is not { } tolerance
            ? Judgement.Unknown(Fact, Expected, facts.AutopilotProblem ?? "autopilot does not say it")
            : Judgement.Of(Fact, tolerance >= 1, Expected, tolerance.ToString(CultureInfo.InvariantCulture))
                .Saying("The integrated storage survives the loss of no member.");
    }

    // By the address of the pod, or by its name, as the Service of the StatefulSet gives it within its namespace.
    private static bool IsOf(RaftPeer peer, V1Pod pod)
    {
        var host = peer.Address.LastIndexOf(':') is var colon and > 0 ? peer.Address[..colon].Trim('[', ']') : peer.Address;
        if ((pod.Status?.PodIPs ?? []).Select(address => address.Ip).Append(pod.Status?.PodIP).Contains(host))
        {
            return true;
        }

        return host.Split('.') is [var name, .. var rest] && name == pod.Metadata.Name
            && (rest is not [_, var home, ..] || pod.Metadata.NamespaceProperty is not { } own || home == own);
    }
}
