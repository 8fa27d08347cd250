using VaultConformance.Harness.Observations;
using VaultConformance.Judging.TransportSecurity;

namespace VaultConformance.Judging.Objects;

/// <summary>Who may reach into the servers' pods or read the Secrets beside them, by the rights that lead there.</summary>
internal static class PodAccess
{
    private const string Expected = "the cluster itself, and who is declared";

    // Kubernetes keeps this prefix for itself, but these stand for whoever comes.
    private static readonly string[] Everybody = ["Group/system:authenticated", "Group/system:unauthenticated", "User/system:anonymous"];

    /// <summary>Judges who has such rights. What the servers themselves may do is judged by K8S-4.</summary>
    /// <param name="all">The rights.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="declared">Subjects that the profile declares.</param>
    public static IEnumerable<Judgement> Judge(AccessFacts all, AdmittedObjects objects, IReadOnlyList<string> declared)
    {
        var servers = objects.ServerPods.Select(pod => $"ServiceAccount/{objects.FindNamespaceName()}/{pod.Spec.ServiceAccountName}")
            .ToHashSet(StringComparer.Ordinal);
        var facts = all with { Grants = [.. all.Grants.Where(grant => !servers.Contains(grant.Subject))] };
        const string Fact = "who may reach into the pods or read Secrets";
        var strangers = facts.Grants.Where(grant => !IsClusters(grant.Subject) && !declared.Contains(grant.Subject, StringComparer.Ordinal))
            .Select(grant => (grant.Subject, grant.Binding, Ways: PodWays.List(grant.Rules).ToList())).Where(grant => grant.Ways.Count > 0)
            .Select(grant => $"{grant.Subject} ({Shorten(grant.Ways)} by {grant.Binding})").ToList();
        yield return Judgement.None(Fact, strangers)
            .Saying(
                found => $"These may reach into the servers' pods or read the Secrets beside them, and the profile does not declare them "
                    + $"(declaredAccess): {found}.");
        yield return JudgeOtherKinds(facts, declared);
        yield return facts.OtherAuthorizers is { } gap
            ? Judgement.Unknown("rights that roles do not show", "none", gap)
            : Judgement.Of("rights that roles do not show", true, "none", "none: the API server decides by roles alone");
        var own = facts.Grants.Where(grant => IsClusters(grant.Subject) && PodWays.List(grant.Rules).Any())
            .Select(grant => grant.Subject)
            .Distinct();
        yield return Judgement.Of("who of the cluster itself may", true, Expected, string.Join(", ", own));
    }

    // What a controller makes of its own kinds nobody can tell here: some start pods, others write certificates.
    private static Judgement JudgeOtherKinds(AccessFacts facts, IReadOnlyList<string> declared)
    {
        var found = facts.Grants.Where(grant => !IsClusters(grant.Subject) && !declared.Contains(grant.Subject, StringComparer.Ordinal))
            .Select(grant => (grant.Subject, grant.Binding, Kinds: PodWays.ListOtherKinds(grant.Rules).ToList()))
            .Where(grant => grant.Kinds.Count > 0)
            .Select(grant => $"{grant.Subject} ({Shorten(grant.Kinds)} by {grant.Binding})").ToList();
        const string Fact = "who may change kinds of other controllers, which may start pods";
        return found.Count == 0
            ? Judgement.Of(Fact, true, Expected, "nobody else")
            : Judgement.Unknown(
                Fact, Expected, $"what their controllers make of it is not visible; declare those that you know (declaredAccess): "
                    + string.Join(", ", found));
    }

    private static string Shorten(List<string> ways) =>
        ways.Count == PodWays.Count ? "everything" : ways.Count > 4 ? $"{string.Join(", ", ways.Take(4))} …" : string.Join(", ", ways);

    // What is called system: is Kubernetes' own, and whoever has an account in kube-system is the cluster.
    private static bool IsClusters(string subject) => !Everybody.Contains(subject) && subject.Split('/') switch
    {
        ["ServiceAccount", "kube-system", _] => true,
        ["User", "kube-apiserver"] => true,
        ["Group", "system:serviceaccounts:kube-system"] => true,
        ["User", var account] when account.StartsWith("system:serviceaccount:kube-system:", StringComparison.Ordinal) => true,
        ["User" or "Group", var name] => name.StartsWith("system:", StringComparison.Ordinal)
            && !name.StartsWith("system:serviceaccount", StringComparison.Ordinal),
        _ => false,
    };
}
