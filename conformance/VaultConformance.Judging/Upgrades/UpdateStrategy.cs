using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Upgrades;

/// <summary>
/// Whether an upgrade replaces servers only when somebody deletes their pods. A controller knows nothing of leadership: it would take the
/// active server down at any time.
/// </summary>
internal static class UpdateStrategy
{
    private const string Fact = "update strategy";
    private const string Expected = "OnDelete";

    /// <summary>Judges what makes a server pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="objects">Holds the workloads.</param>
    public static Judgement Judge(V1Pod pod, AdmittedObjects objects)
    {
        var owners = (pod.Metadata.OwnerReferences ?? []).Where(owner => owner.Controller == true).ToList();
        var workload = Workload.List(objects).FirstOrDefault(candidate => candidate.Owns(pod));
        if (owners.FirstOrDefault(owner => !IsKnown(owner.Kind)) is { } foreign)
        {
            return Judgement.Unknown(Fact, Expected, $"{foreign.Kind}/{foreign.Name} makes the pod, and how it updates pods is not known");
        }

        return workload switch
        {
            null => Judgement.Unknown(Fact, Expected, "what makes the pod is not among the objects of the namespace"),
            { Kind: V1StatefulSet.KubeKind } => Judge(objects.StatefulSets.First(set => set.Metadata.Name == workload.Name)),
            _ => Judgement.Of(Fact, false, Expected, $"{workload.Subject} replaces its pods by itself")
                .Saying($"{workload.Subject} replaces its pods by itself, the active server among them."),
        };
    }

    private static Judgement Judge(V1StatefulSet set)
    {
        var type = set.Spec?.UpdateStrategy?.Type;
        var partition = set.Spec?.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        var replicas = set.Spec?.Replicas ?? 1;
        return type switch
        {
            null => Judgement.Unknown(Fact, Expected, "the StatefulSet as recorded does not say it"),
            "OnDelete" => Judgement.Of(Fact, true, Expected, type),
            "RollingUpdate" when partition >= replicas =>
                Judgement.Of(Fact, true, Expected, $"{type} with partition {partition} of {replicas}, which replaces no pod"),
            _ => Judgement.Of(Fact, false, Expected, type)
                .Saying(
                    $"StatefulSet '{set.Metadata.Name}' replaces its pods by itself ({type}), without regard to which server is active."),
        };
    }

    private static bool IsKnown(string kind) => kind is V1StatefulSet.KubeKind or V1ReplicaSet.KubeKind or V1DaemonSet.KubeKind
        or V1Job.KubeKind or V1ReplicationController.KubeKind;
}
