using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on the limits of the servers has to notice.</summary>
internal static class LimitMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Files("few open files", "1024", new ResourceLimit(1024, 524288)),
        Files("one open file too few", "65535", new ResourceLimit(65535, 1048576)),
        Files("just enough open files", "", new ResourceLimit(65536, 65536), Outcome.Passed),
        Files("no limit of open files", "", new ResourceLimit(null, null), Outcome.Passed),
        Files("the limit of open files was not recorded", "was not recorded", null, Outcome.Inconclusive),
        Borrowed("the limit of the machine that the cluster was made on", "", 20000, 20000, Outcome.Passed),
        Borrowed("the same limit in a cluster that was there before", ": 20000 (expected at least 65536)", 20000, 20000, kind: "existing"),
        Borrowed("a limit that the container lowered itself", ": 1024 (expected at least 65536)", 1024, 20000),
        Borrowed("a limit that the server could raise", ": 1024 (expected at least 65536)", 1024, 1048576, hard: 1048576),
        Tasks("few threads", "1023", "1023"),
        Tasks("just enough threads", "", "1024", Outcome.Passed),
        Tasks("the limit of threads was not recorded", "was not recorded", null, Outcome.Inconclusive),
        Tasks("a limit of threads of another shape", "'many'", "many", Outcome.Inconclusive),
        Storage("less storage than the volumes may take", "67108863 bytes", "67108863", bounded: true),
        Storage("as much storage as the volumes may take", "", "64Mi", bounded: true, Outcome.Passed),
        Storage("a volume in memory takes no storage of the node", "", "1Mi", bounded: true, Outcome.Passed, "Memory"),
        Release("ID-8", "a limit of another container of the pod", "10485760 bytes for volumes without a size", release => release.Second.Admitted.Spec.InitContainers =
        [
            new V1Container { Name = "first", Image = PinnedImages.Pinned, Resources = new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["ephemeral-storage"] = new("10Mi") } } },
        ], also: ["FS-1", "ID-3", "ID-4", "MEM-4"]),
        Storage("limited storage and a volume without a size", "volumes without a size: home", "10Gi", bounded: false),
    ];

    private static Mutation Files(string deviation, string reason, ResourceLimit? limit, Outcome outcome = Outcome.Failed) => Pod(
        "ID-8", deviation, reason, pod => pod.ChangeVault(vault => vault with { Limits = vault.Limits! with { OpenFiles = limit } }), outcome);

    private static Mutation Borrowed(
        string deviation, string reason, ulong limit, ulong given, Outcome outcome = Outcome.Failed, ulong? hard = null, string kind = "offline-node") => Release("ID-8", deviation, reason, release =>
        {
            release.ClusterKind = kind;
            var pod = release.Second;
            pod.ChangeVault(vault => vault with { Limits = vault.Limits! with { OpenFiles = new ResourceLimit(limit, hard ?? limit) } });
            pod.Processes = pod.Processes! with { ExecSession = pod.Processes.ExecSession with { OpenFiles = new ResourceLimit(given, given) } };
        }, outcome, also: kind == "existing" ? [] : ["K8S-2"]);

    private static Mutation Tasks(string deviation, string reason, string? limit, Outcome outcome = Outcome.Failed) => Pod(
        "ID-8", deviation, reason, pod => pod.Memory = pod.Memory! with { PidsMax = limit }, outcome);

    private static Mutation Storage(string deviation, string reason, string limit, bool bounded, Outcome outcome = Outcome.Failed, string? medium = null) => Pod("ID-8", deviation, reason, pod =>
    {
        pod.Container.Resources.Limits["ephemeral-storage"] = new ResourceQuantity(limit);
        foreach (var volume in pod.Admitted.Spec.Volumes.Where(volume => volume.EmptyDir is not null))
        {
            volume.EmptyDir.Medium = medium;
            volume.EmptyDir.SizeLimit = bounded ? volume.EmptyDir.SizeLimit ?? new ResourceQuantity("0") : volume.EmptyDir.SizeLimit;
        }
    }, outcome);
}
