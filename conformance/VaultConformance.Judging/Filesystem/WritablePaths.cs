using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Which paths Vault can write, against those it may.</summary>
/// <param name="allowed">Paths that may be written, with everything below them.</param>
internal sealed class WritablePaths(IReadOnlyList<string> allowed)
{
    private static readonly string[] KernelTrees = ["/dev", "/proc"];

    // What the runtime and the kernel mount below /dev; a disk that is mounted there is storage like any other.
    private static readonly string[] DeviceFileSystems = ["devtmpfs", "tmpfs", "devpts", "mqueue", "hugetlbfs"];

    // What the chart makes claims for, and where it mounts them unless the values say otherwise.
    private static readonly string[] ChartClaims = ["data", "audit"];
    private static readonly IReadOnlyList<string> DefaultStorage =
        [.. ServerProduct.All.SelectMany(product => ChartClaims.Select(claim => $"{product.Folder}/{claim}"))];

    // Programs and their settings lie here; storage mounted over them is none.
    private static readonly string[] SystemTrees =
        ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/sbin", "/sys", "/usr"];

    // Bind mounts that the runtime makes; flagged rw, but the files belong to root.
    private static readonly string[] RuntimeFiles = ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"];

    /// <summary>The allow-list of a pod: its data and audit volumes by where the chart mounts them, and the profile's paths.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="objects">Holds the StatefulSet.</param>
    /// <param name="paths">The profile's paths.</param>
    public static WritablePaths Find(V1Pod pod, V1Container container, AdmittedObjects objects, IReadOnlyList<string> paths)
    {
        var owner = objects.StatefulSets.FirstOrDefault(set => Workload.List(objects).Any(workload =>
            workload.Kind == V1StatefulSet.KubeKind && workload.Name == set.Metadata.Name && workload.Owns(pod)));
        var storage = DefaultStorage.Concat(owner is null ? [] : ListStorage(owner.Spec, container.Name)).ToHashSet(StringComparer.Ordinal);
        var mounted = (container.VolumeMounts ?? []).Select(mount => mount.MountPath.TrimEnd('/')).Where(storage.Contains);
        return new([.. mounted.Distinct(), .. paths]);
    }

    // dataStorage.mountPath and auditStorage.mountPath: where the template first mounts the claims that the chart makes for them.
    private static IEnumerable<string> ListStorage(V1StatefulSetSpec spec, string server)
    {
        var mounts = spec.Template?.Spec?.Containers?.FirstOrDefault(container => container.Name == server)?.VolumeMounts ?? [];
        return (spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name).Where(ChartClaims.Contains)
            .Select(claim => mounts.FirstOrDefault(mount => mount.Name == claim)?.MountPath.TrimEnd('/'))
            .OfType<string>()
            .Where(path =>
                !SystemTrees.Any(tree => path.Length == 0 || path == tree || path.StartsWith(tree + "/", StringComparison.Ordinal)));
    }

    /// <summary>Judges what was tried and what is mounted writable.</summary>
    /// <param name="mounts">Mounts of PID 1.</param>
    /// <param name="attempts">What happened when files were created.</param>
    public IEnumerable<Judgement> Judge(MountTable mounts, WriteAttempts attempts)
    {
        var expected = $"at most {string.Join(", ", allowed)}";
        var written =
            attempts.Attempts.Where(attempt => attempt.Result == WriteResult.Written).Select(attempt => attempt.Directory).ToList();
        var excess = written.Where(path => !IsAllowed(path)).ToList();
        yield return attempts.Attempts.Count == 0
            ? Judgement.Unknown("directories that Vault can write", expected, "no write was attempted")
            : Judgement.Of(
                "directories that Vault can write",
                excess.Count == 0,
                expected,
                excess.Count == 0 ? string.Join(", ", written) : $"also {string.Join(", ", excess)}")
                .Saying($"Vault can also write to {ShortList.Join(excess)}.", FindCause(mounts, excess));
        foreach (var odd in attempts.Attempts.Where(attempt => attempt.Result == WriteResult.Other && !IsAllowed(attempt.Directory)))
        {
            yield return Judgement.Unknown($"write in {odd.Directory}", "refused", odd.Message);
        }

        foreach (var mount in mounts.Mounts.Where(
            mount => !mount.ReadOnly && !IsAllowed(mount.MountPoint) && !IsKernels(mount) && !HoldsControllers(mount)))
        {
            yield return JudgeMount(mount.MountPoint, attempts);
        }
    }

    private static FailureCause? FindCause(MountTable mounts, IEnumerable<string> excess) =>
        excess.Any(path => mounts.FindHolding(path) is { MountPoint: "/", ReadOnly: false }) ? FailureCause.WritableRoot : null;

    private bool IsAllowed(string path) => IsBelowAny(path, allowed);

    // On cgroup v1 the runtime mounts a small file system of root's here, for the mount points of the controllers.
    private static bool HoldsControllers(MountFacts mount) => mount is { MountPoint: "/sys/fs/cgroup", FileSystem: "tmpfs" };

    private static bool IsKernels(MountFacts mount) => RuntimeFiles.Contains(mount.MountPoint)
        || (IsBelowAny(mount.MountPoint, KernelTrees)
            && (!IsBelowAny(mount.MountPoint, ["/dev"]) || DeviceFileSystems.Contains(mount.FileSystem)));

    // A way that leads up again is below nothing.
    private static bool IsBelowAny(string path, IReadOnlyList<string> roots) =>
        !path.Split('/').Contains("..") && roots.Any(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal));

    // A writable mount is harmless only where a write was really refused; where none was tried, nothing is proved.
    private static Judgement JudgeMount(string path, WriteAttempts attempts)
    {
        var fact = $"writable mount {path}, not on the allow-list";
        const string Expected = "a refused write";
        return attempts.Attempts.FirstOrDefault(attempt => attempt.Directory == path) switch
        {
            { Result: WriteResult.Written } => Judgement.Of(fact, false, Expected, "written")
                .Saying($"A test write to {path} succeeded; it should be refused."),
            { Result: WriteResult.PermissionDenied or WriteResult.ReadOnlyFileSystem } refused =>
                Judgement.Of(fact, true, Expected, refused.Message),
            { } other => Judgement.Unknown(fact, Expected, $"{other.Result}: {other.Message}"),
            null => Judgement.Unknown(fact, Expected, "no write was attempted"),
        };
    }
}
