using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>The identities that a profile allows, and whether a pod has them as declared and in effect.</summary>
/// <param name="Users">Text and test of the allowed UIDs.</param>
/// <param name="Groups">Text and test of the allowed GIDs.</param>
internal sealed record DeclaredIdentity(IdRange Users, IdRange Groups)
{
    private const string RangeAnnotation = "openshift.io/sa.scc.uid-range";

    /// <summary>The identities of a profile.</summary>
    /// <param name="parameters">Parameters of the profile.</param>
    /// <param name="space">The namespace.</param>
    /// <exception cref="ControlEndedException">The namespace's range decides, but it has none: the control is inconclusive.</exception>
    public static DeclaredIdentity From(ProfileParameters parameters, V1Namespace? space)
    {
        var groups = parameters.GroupZeroAllowed ? [.. parameters.AllowedGids, 0] : parameters.AllowedGids;
        if (!parameters.UidRangeFromNamespace)
        {
            return new DeclaredIdentity(IdRange.From(parameters.AllowedUids), IdRange.From(groups));
        }

        var annotation =
            space?.Metadata.Annotations is { } annotations && annotations.TryGetValue(RangeAnnotation, out var text) ? text : null;
        var range = IdRange.TryParse(annotation)
            ?? throw new ControlEndedException(
                Outcome.Inconclusive, $"the namespace has no readable annotation {RangeAnnotation} ('{annotation}')");
        return new DeclaredIdentity(range, range.Or(groups));
    }

    /// <summary>Judges a pod.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="server">The server process.</param>
    /// <returns><c>runAsNonRoot</c> and the agreement of declaration and effect first, then the exact identity.</returns>
    public (IReadOnlyList<Judgement> Required, IReadOnlyList<Judgement> Exact) Judge(V1Pod pod, V1Container container, ProcessFacts server)
    {
        var (user, group, shared) = (pod.GetUser(container), pod.Group(container), pod.Spec.SecurityContext?.FsGroup);
        var (uid, gid) = (server.Uids.FirstOrDefault(-1), server.Gids.FirstOrDefault(-1));
        return (
        [
            JudgeNonRoot(pod, container),
            JudgeAgreement($"UID of {server.DescribeLabel()}", "runAsUser", user, [uid]),
            JudgeAgreement($"GID of {server.DescribeLabel()}", "runAsGroup", group, [gid]),
            JudgeAgreement($"groups of {server.DescribeLabel()}", "fsGroup", shared, server.Groups),
        ],
        [
            Judgement.Of($"UID of {server.DescribeLabel()}", Users.Holds(uid), Users.Text, $"{uid}")
                .Saying($"{server.DescribeLabel()} runs with UID {uid}; expected {Users.Text}."),
            Judgement.Of($"GID of {server.DescribeLabel()}", Groups.Holds(gid), Groups.Text, $"{gid}")
                .Saying($"{server.DescribeLabel()} runs with GID {gid}; expected {Groups.Text}."),
            JudgeFileGroup(shared),
        ]);
    }

    /// <summary>Judges whether a server is declared not to run as root.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The server container.</param>
    public static Judgement JudgeNonRoot(V1Pod pod, V1Container container) => Judgement.Of(
        "effective runAsNonRoot", pod.RunsAsNonRoot(container), "true", pod.RunsAsNonRoot(container) ? "true" : "not true")
        .Saying("runAsNonRoot is not true for the server.");

    /// <summary>Judges whether containers take back what their pod declares.</summary>
    /// <param name="pod">The pod.</param>
    public static Judgement JudgeTakenBack(V1Pod pod) => Judgement.None(
        "containers that take runAsNonRoot back",
        pod.ListAllContainers().Where(container => container.SecurityContext?.RunAsNonRoot == false).Select(container => container.Name))
        .Saying(found => $"runAsNonRoot is false for {found}.");

    /// <summary>Judges the identity as it is declared. What the image decides is not judged.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The server container.</param>
    public IEnumerable<Judgement> JudgeDeclared(V1Pod pod, V1Container container)
    {
        if (pod.GetUser(container) is { } user)
        {
            yield return Judgement.Of("declared runAsUser", Users.Holds(user), Users.Text, $"{user}")
                .Saying($"runAsUser of the server is {user}; expected {Users.Text}.");
        }

        if (pod.Group(container) is { } group)
        {
            yield return Judgement.Of("declared runAsGroup", Groups.Holds(group), Groups.Text, $"{group}")
                .Saying($"runAsGroup of the server is {group}; expected {Groups.Text}.");
        }

        yield return JudgeFileGroup(pod.Spec.SecurityContext?.FsGroup);
    }

    private Judgement JudgeFileGroup(long? shared) => Judgement.Of(
        "declared fsGroup", shared is { } declared && Groups.Holds(declared), Groups.Text, $"{shared?.ToString() ?? "not set"}")
        .Saying(actual => $"fsGroup is {actual}; expected {Groups.Text}.");

    /// <summary>Group 0 among the supplementary groups opens what belongs to root's group.</summary>
    /// <param name="process">A process of the server container.</param>
    /// <param name="groupZeroAllowed">True where group 0 is accepted.</param>
    public static Judgement JudgeGroups(ProcessFacts process, bool groupZeroAllowed)
    {
        var fact = $"supplementary groups of {process.DescribeLabel()}";
        return groupZeroAllowed
            ? Judgement.Irrelevant(fact, "the profile accepts group 0")
            : Judgement.Of(fact, !process.Groups.Contains(0), "without 0", string.Join(' ', process.Groups))
                .SayingOf(process.DescribeLabel(), "{who} has the supplementary group 0.", "{who} have the supplementary group 0.")
                .AsRecommendation();
    }

    private static Judgement JudgeAgreement(string fact, string field, long? declared, IReadOnlyList<long> effective) => declared is { } id
        ? Judgement.Of($"{fact} against {field}", effective.Contains(id), $"{id}", string.Join(' ', effective))
            .Saying(actual => $"{field} is {id}, but the process has {(actual.Length == 0 ? "none" : actual)}.")
        : Judgement.Irrelevant($"{fact} against {field}", $"{field} is not declared");
}

/// <summary>A set of user or group ids.</summary>
/// <param name="Text">The set in words.</param>
/// <param name="Holds">True for a member.</param>
internal sealed record IdRange(string Text, Func<long, bool> Holds)
{
    /// <summary>Some ids.</summary>
    public static IdRange From(IReadOnlyList<long> ids) => new(string.Join(" or ", ids), ids.Contains);

    /// <summary>A range as OpenShift writes it, for example <c>1000680000/10000</c>; null when it is none.</summary>
    public static IdRange? TryParse(string? text) =>
        text?.Split('/') is [var first, var count] && long.TryParse(first, out var start) && long.TryParse(count, out var length)
            ? new IdRange($"{start} to {start + length - 1}", id => id >= start && id < start + length)
            : null;

    /// <summary>This set and some more ids.</summary>
    public IdRange Or(IReadOnlyList<long> ids) => new($"{Text} or {string.Join(" or ", ids)}", id => Holds(id) || ids.Contains(id));
}
