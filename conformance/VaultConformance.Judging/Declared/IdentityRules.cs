using VaultConformance.Judging.Identity;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Upgrades;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Declared;

/// <summary>What is declared about users and groups.</summary>
internal static class IdentityRules
{
    /// <summary>ID-1: not root. What the image decides is not judged.</summary>
    public static IEnumerable<Judgement> JudgeUser(DeclaredServer server, DeclaredContext context)
    {
        if (server.Pod.GetUser(server.Container) is not null || server.Pod.RunsAsNonRoot(server.Container))
        {
            yield return NonRoot.Judge(server.Pod, server.Container);
        }

        if (server.Pod.Group(server.Container) is not null)
        {
            yield return NonRoot.JudgeGroup(server.Pod, server.Container, context.Parameters.GroupZeroAllowed);
        }
    }

    /// <summary>ID-2: the identity of the profile.</summary>
    public static IEnumerable<Judgement> JudgeIdentity(DeclaredServer server, DeclaredContext context)
    {
        var parameters = context.Parameters;
        // Where the namespace decides, a manifest that says nothing is right.
        var exact = parameters.UidRangeFromNamespace
            ? []
            : DeclaredIdentity.From(parameters, context.Objects.Namespace).JudgeDeclared(server.Pod, server.Container);
        return
        [
            DeclaredIdentity.JudgeNonRoot(server.Pod, server.Container),
            DeclaredIdentity.JudgeTakenBack(server.Pod),
            .. parameters.ExactIdentityRequired ? exact : exact.Select(judgement => judgement.AsRecommendation()),
        ];
    }

    /// <summary>ID-7: a version that needs a capability gets it.</summary>
    public static IEnumerable<Judgement> JudgeExecution(DeclaredServer server, DeclaredContext context) =>
        server.Holds(VersionRuleIds.IpcLockOnBinary) == true
            ? new ConfigurationStart(server.Product, server.Version).JudgeExecution(server.Container)
            : [];
}
