using VaultConformance.Harness.Observations;
using VaultConformance.Judging.PodSecurity;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>An API server whose Pod Security admission answers in the words and in the order of the real one.</summary>
internal static class SimulatedAdmission
{
    public const string ServerVersion = "v1.34.1";

    private static readonly RestrictedStandard Standard = RestrictedStandard.Of(ServerVersion);

    /// <summary>The answer about some pods in a namespace that enforces restricted.</summary>
    public static PodSecurityFacts Answer(IEnumerable<V1Pod> pods)
    {
        var lines = pods.Select(pod => (pod.Metadata.Name, Rules: string.Join(", ", List(pod)))).Where(pod => pod.Rules.Length > 0)
            .GroupBy(pod => pod.Rules, pod => pod.Name).Select(group => Describe([.. group.Order(StringComparer.Ordinal)], group.Key)).Order(StringComparer.Ordinal).ToList();
        IReadOnlyList<string> header = lines.Count == 0 ? [] : ["existing pods in namespace \"vault\" violate the new PodSecurity enforce level \"restricted:v1.34\""];
        return new PodSecurityFacts(true, [.. header, .. lines], null) { Enforced = "restricted:latest" };
    }

    /// <summary>True when a pod of the release, or one that it may make, is not admissible.</summary>
    public static bool Refuses(ReleaseEvidence evidence) => JudgedPods.List(evidence.Objects()).Any(pod => List(pod.Pod).Any());

    private static IEnumerable<string> List(V1Pod pod)
    {
        var (certain, open) = Standard.Judge(pod);
        return certain.Concat(open).Select(violation => violation.Rule).Distinct();
    }

    private static string Describe(IReadOnlyList<string> pods, string rules) => pods.Count switch
    {
        1 => $"{pods[0]}: {rules}",
        2 => $"{pods[0]} (and 1 other pod): {rules}",
        var count => $"{pods[0]} (and {count - 1} other pods): {rules}",
    };
}
