using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on the volumes of the data has to notice.</summary>
internal static class PersistenceMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Volume("the data on a volume of the pod", "volume data (emptyDir)", new V1Volume { EmptyDir = new V1EmptyDirVolumeSource() }, "FS-2", "API-2"),
        Volume("the data on a claim that ends with the pod", "volume data (ephemeral)", new V1Volume { Ephemeral = new V1EphemeralVolumeSource() }),
        Pod("HA-4", "the data on a volume for temporary files", "/tmp/data: volume tmp (emptyDir)", pod => pod.ChangeConfig(CompliantPod.Config.Replace("/vault/data", "/tmp/data", StringComparison.Ordinal))),
        Pod("HA-4", "the data in the container's own file system", "/srv/data: the container's own file system", pod => pod.ChangeConfig(CompliantPod.Config.Replace("/vault/data", "/srv/data", StringComparison.Ordinal))),
        Pod("HA-4", "a variable that wins over the folder", "/tmp/raft: volume tmp (emptyDir)", pod => pod.ChangeVariable("VAULT_RAFT_PATH", "/tmp/raft")),
        Pod("HA-4", "a folder that nobody can tell", "could not be determined", pod => pod.ChangeConfig(CompliantPod.Config.Replace("/vault/data", "data", StringComparison.Ordinal)), Outcome.Inconclusive),
        Claim("a claim that is not bound", "which is Pending", claim => claim.Status.Phase = "Pending"),
        Claim("whether the claim is bound was not recorded", "was not recorded", claim => claim.Status = null, Outcome.Inconclusive),
        Claim("a claim that several nodes can write", "access mode ReadWriteMany", claim => claim.Spec.AccessModes = ["ReadWriteMany"]),
        Claim("a claim for one pod only", "", claim => claim.Spec.AccessModes = ["ReadWriteOncePod"], Outcome.Passed),
        Release("HA-4", "a claim that two servers share", "which vault-1 uses too", release => release.Second.Admitted.Spec.Volumes[0].PersistentVolumeClaim.ClaimName = "data-vault-0"),
        Release("HA-4", "the claims were not recorded", "claim data-vault-0 was not recorded", release => release.Claims.Clear(), Outcome.Inconclusive),
        Release("HA-4", "claims that are deleted with the StatefulSet", "whenDeleted: Delete", release => Retain(release, "Delete", "Retain"), level: Requirement.Should),
        Release("HA-4", "claims that are deleted when there are fewer pods", "whenScaled: Delete", release => Retain(release, "Retain", "Delete"), level: Requirement.Should),
        Release("HA-4", "claims that are retained by word", "", release => Retain(release, "Retain", "Retain"), Outcome.Passed),
        Release(
            "HA-4", "a claim for audit logs that the server does not mount", "audit",
            release => release.StatefulSet.Spec.VolumeClaimTemplates = [new V1PersistentVolumeClaim { Metadata = new V1ObjectMeta { Name = "audit" } }], level: Requirement.Should),
    ];

    private static Mutation Volume(string deviation, string reason, V1Volume volume, params string[] also) => Pod("HA-4", deviation, reason, pod =>
    {
        volume.Name = "data";
        pod.Admitted.Spec.Volumes[0] = volume;
    }, also: also);

    private static Mutation Claim(string deviation, string reason, Action<V1PersistentVolumeClaim> change, Outcome outcome = Outcome.Failed) =>
        Release("HA-4", deviation, reason, release => change(release.Claims[1]), outcome);

    private static void Retain(ReleaseEvidence release, string deleted, string scaled) => release.StatefulSet.Spec.PersistentVolumeClaimRetentionPolicy =
        new V1StatefulSetPersistentVolumeClaimRetentionPolicy { WhenDeleted = deleted, WhenScaled = scaled };
}
