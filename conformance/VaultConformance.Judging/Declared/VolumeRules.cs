using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Filesystem;
using VaultConformance.Judging.Storage;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Declared;

/// <summary>What is declared about the volumes of a server.</summary>
internal static class VolumeRules
{
    /// <summary>FS-2: volumes for scratch files have a size.</summary>
    public static IEnumerable<Judgement> JudgeScratch(DeclaredServer server, DeclaredContext context) =>
        ScratchVolumes.JudgeSizes(server.Pod, server.Container);

    /// <summary>FS-4: private keys come whole from a Secret, closed to others.</summary>
    public static IEnumerable<Judgement> JudgeKeys(DeclaredServer server, DeclaredContext context)
    {
        if (context.Parameters.WithoutTls)
        {
            return [];
        }

        IEnumerable<string> paths =
        [
            .. KeyMaterial.ListPaths(server.State).Union(KeyMaterial.ListConfiguredPaths(server.Configurations))
                .Union(ClientKeys.List(server.Container)),
        ];
        return paths.SelectMany(path => (IEnumerable<Judgement>)
        [
            .. KeyMaterial.JudgeVolume(path, server.Pod, server.Container, context.Objects),
            .. DeclaredMode.Judge(path, server.Pod, server.Container),
        ]);
    }

    /// <summary>HA-4: data lie on a volume that outlives the pod. Whether its claim is bound, only a cluster knows.</summary>
    public static IEnumerable<Judgement> JudgeData(DeclaredServer server, DeclaredContext context)
    {
        var mounts = new MountTable(
        [
            .. (server.Container.VolumeMounts ?? []).Select(mount => mount.MountPath).Append("/").Distinct(StringComparer.Ordinal)
                .Select(path => new MountFacts(path.Length > 1 ? path.TrimEnd('/') : path, string.Empty, string.Empty, "/", [], [])),
        ]);
        var development = StartArguments.IsDevelopment(server.Process);
        return server.IsConfigured || development
            ? new DataPersistence(server.Pod, server.Container, mounts, context.Objects)
                .Judge(StorageFolder.List(server.Configurations, server.Environment), development)
            : [];
    }
}
