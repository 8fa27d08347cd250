using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on Pod Security has to notice. What the standard says of a pod, its own tests show.</summary>
internal static class PodSecurityMutations
{
    private const string Enforce = "pod-security.kubernetes.io/enforce";

    public static IEnumerable<Mutation> All => [.. Pods, .. Templates, .. Answers, .. Namespaces];

    private static IReadOnlyList<Mutation> Pods =>
    [
        Pod("K8S-1", "a word that runtimes take and the standard does not", "does not admit that securityContext.capabilities.drop of container vault is all: it must be ALL (values: server.statefulSet.securityContext.container)", pod =>
            pod.Container.SecurityContext.Capabilities.Drop = ["all"]),
        Pod("K8S-1", "a bad profile of the pod that no container takes", "securityContext.seccompProfile.type is Unconfined: it must be RuntimeDefault or Localhost (values: server.statefulSet.securityContext.pod)", pod =>
        {
            pod.Container.SecurityContext.SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" };
            pod.Admitted.Spec.SecurityContext.SeccompProfile = new V1SeccompProfile { Type = "Unconfined" };
        }),
        Pod("K8S-1", "a probe that calls another host", "readinessProbe.httpGet.host of container vault is 169.254.169.254: it must not be set", pod =>
            pod.Container.ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Host = "169.254.169.254", Path = "/", Port = 80, Scheme = "HTTPS" } }, Outcome.Failed, null, "HA-5"),
        Release("K8S-1", "a pod that ended, of a job", "allowPrivilegeEscalation of container main is not set", release =>
        {
            var pod = Loose("helper");
            pod.Status = new V1PodStatus { Phase = "Succeeded" };
            release.OtherPods.Add(pod);
        }),
        Release("K8S-1", "a pod that the run itself made", "", release =>
        {
            release.OtherPods.Add(Loose("relay"));
            release.Admission = objects => objects with { OwnPods = ["relay"] };
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Templates =>
    [
        Release("K8S-1", "a StatefulSet that will make other pods at the next restart", "statefulset/vault", release =>
        {
            release.StatefulSet.Spec.Template.Spec.Containers = [new V1Container { Name = "vault" }];
            release.StatefulSet.Status = new V1StatefulSetStatus { Replicas = 3, UpdatedReplicas = 2, UpdateRevision = "b" };
        }),
        Release("K8S-1", "a StatefulSet whose pods are all of its template, which admission completed", "", release =>
        {
            release.StatefulSet.Spec.Template.Spec.Containers = [new V1Container { Name = "vault" }];
            release.StatefulSet.Status = new V1StatefulSetStatus { Replicas = 3, UpdatedReplicas = 3, UpdateRevision = "b" };
        }, Outcome.Passed),
        Release("K8S-1", "kinds that make pods were not read", "Jobs", release => release.Admission = objects => objects with { Jobs = null }, Outcome.Inconclusive, null, "FS-5", "FS-6", "ID-6", "K8S-5"),
    ];

    private static IReadOnlyList<Mutation> Answers =>
    [
        Answer("the API server refuses what this program admits", "the API server would refuse it (hostPort); this program has nothing against it (restricted of v1.34)", facts => facts with { Warnings = ["vault-1: hostPort"] }),
        Answer("the API server refuses more pods than this program", "pods that the API server's Pod Security admission refuses: 2", facts => facts with { Warnings = ["stranger (and 1 other pod): hostPort"] }),
        Answer("not all pods were evaluated", "only checked against the first 1 of 3", facts => facts with { Warnings = ["new PodSecurity enforce level only checked against the first 1 of 3 existing pods"] }),
        Answer("an answer of another kind", "the API server answered: something else", facts => facts with { Warnings = ["something else"] }),
        Answer("the API server could not be asked", "The credentials need 'patch' on namespaces", _ => new PodSecurityFacts(null, null, "forbidden") { Enforced = "restricted:latest" }),
        Answer("the answer was not recorded", "no reason was recorded", facts => facts with { Warnings = null }),
        Answer("an answer of an admission that is not there", "and yet it named restricted:latest", _ => new PodSecurityFacts(false, null, null) { Enforced = "restricted:latest" }),
        Answer("nothing was recorded", "observation 'pod-security'", _ => null),
        Release("K8S-1", "this program refuses what the API server admits", "this program refuses it (securityContext.capabilities.drop of container vault is all); the API server would admit it", release =>
        {
            release.Second.Container.SecurityContext.Capabilities.Drop = ["all"];
            release.PodSecurity = facts => facts with { Warnings = [] };
        }, Outcome.Inconclusive),
        Release("K8S-1", "no admission in the API server and a bad pod", "allowPrivilegeEscalation", release =>
        {
            release.Second.Container.SecurityContext.AllowPrivilegeEscalation = null;
            release.PodSecurity = _ => new PodSecurityFacts(false, null, null) { Enforced = PodSecurityFacts.Nothing };
        }, Outcome.Failed, null, "ID-3"),
    ];

    private static IReadOnlyList<Mutation> Namespaces =>
    [
        Namespace("a namespace without a level", "The namespace enforces no level of Pod Security.", Outcome.Failed, null),
        Namespace("a lower level", "The namespace enforces the level baseline of Pod Security, not restricted.", Outcome.Failed, "baseline"),
        Namespace("a level of the cluster and none of its own", "", Outcome.Passed, null, facts => facts),
        Namespace("a label that nothing reads", "no Pod Security admission that reads it", Outcome.Failed, "restricted", _ => new PodSecurityFacts(false, null, null) { Enforced = PodSecurityFacts.Nothing }),
        Namespace("a label without effect", "the API server would have created a pod that violates it", Outcome.Inconclusive, "restricted", facts => facts with { Enforced = PodSecurityFacts.Nothing }),
        Namespace("an exempt namespace", "exempts the namespace", Outcome.Failed, "restricted", facts => facts with
        {
            Enforced = PodSecurityFacts.Nothing, Warnings = ["namespace \"vault\" is exempt from Pod Security, and the policy (enforce=restricted:latest) will be ignored"],
        }),
        Namespace("a version before all was demanded", "as it was in v1.22", Outcome.Failed, "restricted", facts => facts with { Enforced = "restricted:v1.22" }),
        Namespace("the first version that demands all", "", Outcome.Passed, "restricted", facts => facts with { Enforced = "restricted:v1.23" }),
        Namespace("another one kept the pod out, and the label says it", "", Outcome.Passed, "restricted", facts => facts with { Enforced = null, Refusal = "exceeded quota" }),
        Namespace("another one kept the pod out, and no label says it", "what the API server does could not be determined: exceeded quota", Outcome.Inconclusive, null, facts => facts with { Enforced = null, Refusal = "exceeded quota" }),
        Namespace("another one kept the pod out, and the label says less", "enforces the level privileged", Outcome.Failed, "privileged", facts => facts with { Enforced = null, Refusal = "exceeded quota" }),
        Namespace("a level that is not known", "a level that is not known here: stricter:latest", Outcome.Inconclusive, "restricted", facts => facts with { Enforced = "stricter:latest" }),
        Release("K8S-1", "a namespace that the run made", "", release =>
        {
            release.Namespace.Metadata.Labels = new Dictionary<string, string> { ["vaultconformance.dev/run"] = "r" };
            release.PodSecurity = facts => facts with { Enforced = PodSecurityFacts.Nothing };
        }, Outcome.Passed),
    ];

    private static V1Pod Loose(string name)
    {
        var pod = TenancyMutations.Other(name, "vault");
        pod.Spec.Containers[0].SecurityContext.AllowPrivilegeEscalation = null;
        return pod;
    }

    private static Mutation Answer(string deviation, string reason, Func<PodSecurityFacts, PodSecurityFacts?> change) =>
        Release("K8S-1", deviation, reason, release => release.PodSecurity = change, Outcome.Inconclusive);

    private static Mutation Namespace(string deviation, string reason, Outcome outcome, string? level, Func<PodSecurityFacts, PodSecurityFacts?>? change = null) => Release("K8S-1", deviation, reason, release =>
    {
        release.Namespace.Metadata.Labels = level is null ? null : new Dictionary<string, string> { [Enforce] = level };
        release.PodSecurity = change ?? (facts => facts with { Enforced = PodSecurityFacts.Nothing });
    }, outcome);
}
