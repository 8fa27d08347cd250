using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on a namespace and nodes for Vault alone has to notice.</summary>
internal static class TenancyMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Release("K8S-2", "the namespace default", "in the namespace 'default'", release => release.Namespace.Metadata.Name = "default", also: "TLS-4"),
        Release("K8S-2", "the namespace was not recorded", "the namespace was not recorded", release => release.Admission = objects => objects with { Namespace = null }, Outcome.Inconclusive, also: "TLS-4"),
        Foreign("a pod of somebody else", "pod/shop", release => release.OtherPods.Add(Other("shop", "shop"))),
        Foreign("a pod without labels", "pod/shop", release => release.OtherPods.Add(Other("shop", null))),
        Foreign("a workload that has no pods yet", "cronjob/report", release => release.Admission = objects => objects with
        {
            CronJobs = [new V1CronJob { Metadata = new V1ObjectMeta { Name = "report" }, Spec = new V1CronJobSpec { JobTemplate = new V1JobTemplateSpec() } }],
        }),
        Release("K8S-2", "a pod of somebody else that is declared", "", release => release.OtherPods.Add(Other("shop", "shop")), Outcome.Passed),
        Release("K8S-2", "a pod that the run itself made", "", release =>
        {
            release.DeclaresOthers = false;
            release.OtherPods.Add(Other("relay", null));
            release.Admission = objects => objects with { OwnPods = ["relay"] };
        }, Outcome.Passed),
        Foreign("a pod beside one that the run itself made", "pod/relay-2", release =>
        {
            release.OtherPods.Add(Other("relay-2", null));
            release.Admission = objects => objects with { OwnPods = ["relay"] };
        }),
        Node("other pods on the node", "shop/web", new TenancyPod("shop", "web", "ReplicaSet")),
        Node("a pod on the node that nothing makes", "shop/web", new TenancyPod("shop", "web", null)),
        Node("what runs on every node", "", new TenancyPod("monitoring", "agent", "DaemonSet"), Outcome.Passed),
        Node("what the cluster itself runs", "", new TenancyPod("kube-system", "dns", "ReplicaSet"), Outcome.Passed),
        Taints("a node without taints", "it has no taint", []),
        Taints("a node with a taint that Kubernetes takes away again", "it has no taint", ["node.kubernetes.io/not-ready=:NoSchedule"]),
        Taints("a taint that only advises", "it has no taint", ["vault=only:PreferNoSchedule"]),
        Taints("taints that could not be read", "the credentials may not read the node", null, Outcome.Inconclusive),
        Release("K8S-2", "the node of a pod was not recorded", "vault-1", release => release.Second.Admitted.Spec.NodeName = "another", Outcome.Inconclusive, also: "HA-2"),
        Release("K8S-2", "what shares the nodes was not recorded", "'tenancy'", release => release.Tenancy = null, Outcome.Inconclusive, also: "HA-2"),
        Release("K8S-2", "a cluster that is attested to be Vault's own", "", release =>
        {
            release.Tenancy = On([new TenancyPod("shop", "web", null)], []);
            release.Profile = profile => profile with { Parameters = profile.Parameters with { DedicatedClusterAttestation = "ticket 4711" } };
        }, Outcome.Passed),
        Release("K8S-2", "a cluster that was made for the run", "was made for this run", release => release.ClusterKind = "k3s", Outcome.NotApplicable),
    ];

    /// <summary>A pod beside the servers that other controls have nothing against.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="release">The release that it says it belongs to; null for none.</param>
    public static V1Pod Other(string name, string? release)
    {
        var like = CompliantPod.Create(name).Admitted;
        like.Metadata = new V1ObjectMeta { Name = name, Labels = release is null ? null : new Dictionary<string, string> { ["app.kubernetes.io/instance"] = release } };
        like.Spec.ServiceAccountName = name;
        like.Spec.Volumes = [];
        like.Spec.Containers =
        [
            new V1Container { Name = "main", SecurityContext = like.Spec.Containers[0].SecurityContext, Resources = like.Spec.Containers[0].Resources },
        ];
        return like;
    }

    private static TenancyFacts On(IReadOnlyList<TenancyPod> pods, IReadOnlyList<string>? taints) =>
        new([.. ReleaseEvidence.NodeNames.Select(name => new TenancyNode(name, taints, new Dictionary<string, string>(), pods))]);

    private static Mutation Foreign(string deviation, string subject, Action<ReleaseEvidence> add) => Release("K8S-2", deviation, $"does not declare them (declaredWorkloads): {subject}", release =>
    {
        release.DeclaresOthers = false;
        add(release);
    });

    private static Mutation Node(string deviation, string reason, TenancyPod pod, Outcome outcome = Outcome.Failed) =>
        Release("K8S-2", deviation, reason, release => release.Tenancy = On([pod], ["vault=only:NoSchedule"]), outcome);

    private static Mutation Taints(string deviation, string reason, IReadOnlyList<string>? taints, Outcome outcome = Outcome.Failed) =>
        Release("K8S-2", deviation, reason, release => release.Tenancy = On([], taints), outcome);
}
