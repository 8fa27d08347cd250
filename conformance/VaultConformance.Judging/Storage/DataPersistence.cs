using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Storage;

/// <summary>
/// Whether the data of a server lie on a volume of its own that outlives the pod: a claim that is bound and that no other pod uses.
/// </summary>
/// <param name="pod">The server pod.</param>
/// <param name="container">Its server container.</param>
/// <param name="mounts">What the container sees.</param>
/// <param name="objects">Holds the claims and the other pods.</param>
internal sealed class DataPersistence(V1Pod pod, V1Container container, MountTable mounts, AdmittedObjects objects)
{
    private const string Fact = "volume of the data";
    private const string Expected = "a bound claim of this pod alone";

    /// <summary>Judges where the server keeps its data.</summary>
    /// <param name="folders">Its storage by its configuration.</param>
    /// <param name="development">True for a server in development mode, which keeps data in memory unless it is configured.</param>
    public IEnumerable<Judgement> Judge(IReadOnlyList<StorageFolder> folders, bool development) => (folders.Count, development) switch
    {
        (0, true) => [JudgeInMemory("development mode")],
        (0, false) => [Judgement.Unknown("storage", "named by the configuration", "none of the files names one")],
        _ => folders.Select(Judge),
    };

    private Judgement Judge(StorageFolder folder) => folder switch
    {
        { IsInMemory: true } => JudgeInMemory($"storage '{folder.Kind}'"),
        { IsRemote: true } => Judgement.Irrelevant(Fact, $"the data are not in the pod but in '{folder.Kind}'"),
        { IsLocal: false } => Judgement.Unknown(Fact, Expected, $"where storage '{folder.Kind}' keeps data is not known"),
        { Path: null } => Judgement.Unknown(Fact, Expected, $"the folder of storage '{folder.Kind}' could not be determined"),
        { Path: var path } => JudgeFolder(path),
    };

    private static Judgement JudgeInMemory(string what) => Judgement.Of(Fact, false, Expected, $"memory ({what})")
        .Saying($"The server keeps its data in memory ({what}): they are lost when its pod ends.");

    private Judgement JudgeFolder(string path)
    {
        if (container.MountHolding(path) is not { } mount || pod.FindVolume(mount.Name) is not { } volume)
        {
            return Fail(path, "the container's own file system");
        }

        var seen = mounts.FindHolding(path)?.MountPoint.TrimEnd('/');
        return seen != mount.MountPath.TrimEnd('/')
            ? Judgement.Unknown(
                Fact, Expected, $"{path}: the pod declares a volume at {mount.MountPath}, and the container sees one at {seen}")
            : JudgeVolume(path, volume);
    }

    private Judgement JudgeVolume(string path, V1Volume volume) => volume switch
    {
        { PersistentVolumeClaim.ClaimName: { } name } => JudgeClaim(path, name),
        { EmptyDir: not null } => Fail(path, $"volume {volume.Name} (emptyDir)"),
        { HostPath: not null } => Fail(path, $"volume {volume.Name} (hostPath)"),
        { Ephemeral: not null } => Fail(path, $"volume {volume.Name} (ephemeral)"),
        { ConfigMap: not null } or { Secret: not null } or { Projected: not null } or { DownwardAPI: not null } =>
            Fail(path, $"volume {volume.Name} (an object of the cluster)"),
        _ => Judgement.Unknown(Fact, Expected, $"{path}: how long the volume {volume.Name} lives is not known"),
    };

    private Judgement JudgeClaim(string path, string name)
    {
        if (objects.PersistentVolumeClaims.FirstOrDefault(claim => claim.Metadata.Name == name) is not { Spec: not null } claim)
        {
            return Judgement.Unknown(Fact, Expected, $"{path}: claim {name} was not recorded");
        }

        var others = objects.Pods.Where(other => other.Metadata.Name != pod.Metadata.Name && Claims.List(other).Contains(name))
            .Select(other => other.Metadata.Name).ToList();
        return claim switch
        {
            _ when others.Count > 0 => Fail(path, $"claim {name}, which {string.Join(", ", others)} uses too"),
            { Status: null } or { Status.Phase: null } =>
                Judgement.Unknown(Fact, Expected, $"{path}: whether claim {name} is bound was not recorded"),
            { Status.Phase: not "Bound" } => Fail(path, $"claim {name}, which is {claim.Status.Phase}"),
            { Spec.AccessModes: null or { Count: 0 } } =>
                Judgement.Unknown(Fact, Expected, $"{path}: the access mode of claim {name} was not recorded"),
            _ when !claim.Spec.AccessModes.All(mode => mode is "ReadWriteOnce" or "ReadWriteOncePod") =>
                Fail(path, $"claim {name} with access mode {string.Join(", ", claim.Spec.AccessModes)}"),
            _ => Judgement.Of(Fact, true, Expected, $"{path}: claim {name}"),
        };
    }

    private static Judgement Fail(string path, string where) => Judgement.Of(Fact, false, Expected, $"{path}: {where}")
        .Saying($"The data in {path} lie on {where}, not on a bound claim that belongs to this server alone.");
}
