using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Storage;

/// <summary>What becomes of the claims of a server's workload, and whether the server uses all of them.</summary>
internal static class Claims
{
    private const string Fact = "claims when pods or the StatefulSet are removed";
    private const string Expected = "retained";

    /// <summary>The claims that a pod mounts.</summary>
    /// <param name="pod">The pod.</param>
    public static IEnumerable<string> List(V1Pod pod) =>
        (pod.Spec.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>();

    /// <summary>Judges what makes a server pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">Its server container.</param>
    /// <param name="objects">Holds the StatefulSets.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, V1Container container, AdmittedObjects objects)
    {
        var workload = Workload.List(objects).FirstOrDefault(candidate => candidate.Owns(pod));
        if (workload is null)
        {
            return [Judgement.Unknown(Fact, Expected, "what makes the pod is not among the objects of the namespace").AsRecommendation()];
        }

        var set = workload.Kind == V1StatefulSet.KubeKind ? objects.StatefulSets.First(item => item.Metadata.Name == workload.Name) : null;
        return set is null ? [] : [JudgeRetention(set).AsRecommendation(), JudgeMounted(set, container).AsRecommendation()];
    }

    // Nothing said means that they are retained.
    private static Judgement JudgeRetention(V1StatefulSet set)
    {
        var policy = set.Spec?.PersistentVolumeClaimRetentionPolicy;
        var deleted = new[] { ("whenDeleted", policy?.WhenDeleted), ("whenScaled", policy?.WhenScaled) }
            .Where(item => item.Item2 is not (null or "Retain")).Select(item => $"{item.Item1}: {item.Item2}").ToList();
        return deleted.Count == 0
            ? Judgement.Of(Fact, true, Expected, Expected)
            : Judgement.None(Fact, deleted)
                .Saying(found => $"StatefulSet '{set.Metadata.Name}' deletes the claims with the data ({found}).");
    }

    private static Judgement JudgeMounted(V1StatefulSet set, V1Container container)
    {
        var mounted = (container.VolumeMounts ?? []).Select(mount => mount.Name).ToHashSet(StringComparer.Ordinal);
        return Judgement.None(
                "claims that the server does not mount",
                (set.Spec?.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name).Where(name => !mounted.Contains(name)))
            .Saying(found => $"StatefulSet '{set.Metadata.Name}' claims volumes that the server does not mount: {found}.");
    }
}
