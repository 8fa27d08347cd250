using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Where a TLS private key lies.</summary>
public static class KeyMaterial
{
    // They give secrets of a store, or certificates of an issuer, and keep them in memory.
    private static readonly string[] SecretDrivers = ["secrets-store.csi.k8s.io", "csi.cert-manager.io", "csi.spiffe.io"];

    // From this kernel on tmpfs knows the option noswap, and the kubelet uses it for Secrets.
    private static readonly Version NoSwapKernel = new(6, 4);

    /// <summary>Paths of the private keys of the listeners; empty when no listener speaks TLS.</summary>
    /// <param name="state">What the server loaded.</param>
    public static IReadOnlyList<string> ListPaths(VaultServerState state) =>
    [
        .. state.Listeners.Select(listener => (listener["config"] ?? listener)["tls_key_file"]?.ToString())
            .OfType<string>()
            .Where(path => path.Length > 0)
            .Distinct(),
    ];

    /// <summary>Paths of private keys that the configuration names anywhere: for joining, for storage, seal and registration.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static IReadOnlyList<string> ListConfiguredPaths(IReadOnlyList<ServerConfiguration> configurations) =>
        [.. configurations.SelectMany(configuration => TlsKeySettings.ListIn(configuration.Document.Root)).Distinct()];

    /// <summary>The mount has to be a read-only tmpfs.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="mounts">Mounts of PID 1.</param>
    public static Judgement JudgeMount(string path, MountTable mounts) => mounts.FindHolding(path) is { } mount
        ? Judgement.Of(
            $"mount under {path}",
            mount is { FileSystem: "tmpfs", ReadOnly: true },
            "tmpfs, read-only",
            $"{mount.FileSystem}, {(mount.ReadOnly ? "read-only" : "writable")}")
            .Saying($"The private key {path} is on a {(mount.ReadOnly ? "read-only" : "writable")} {mount.FileSystem} mount, not on a "
                + "read-only tmpfs.")
        : Judgement.Unknown($"mount under {path}", "tmpfs, read-only", "the mount table has no such mount");

    /// <summary>Where the node has swap and its kernel can, the tmpfs must not be swapped.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="mounts">Mounts of PID 1.</param>
    /// <param name="memory">Swap of the node.</param>
    /// <param name="kernel">Kernel of the node; null when unknown.</param>
    public static Judgement JudgeSwap(string path, MountTable mounts, MemoryConfinement memory, string? kernel)
    {
        var fact = $"option noswap of the mount under {path}";
        return (mounts.FindHolding(path)?.SuperOptions.Contains("noswap"), memory.SwapDevices) switch
        {
            (true, _) => Judgement.Of(fact, true, "set", "set"),
            (_, { Count: 0 }) => Judgement.Irrelevant(fact, "the node has no swap"),
            _ when !CanForbidSwap(kernel) =>
                Judgement.Irrelevant(fact, $"the node's kernel ({kernel ?? "unknown"}) is older than {NoSwapKernel}"),
            (_, null) => Judgement.Unknown(fact, "set", "not set, and it is not known whether the node has swap"),
            _ => Judgement.Of(fact, false, "set", "not set")
                .Saying($"The memory that holds the private key {path} can be swapped to disk."),
        };
    }

    /// <summary>The volume has to be a Secret, mounted whole.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="objects">Holds what ConfigMaps and Secrets have.</param>
    public static IEnumerable<Judgement> JudgeVolume(string path, V1Pod pod, V1Container container, AdmittedObjects objects)
    {
        var mount = container.MountHolding(path);
        yield return JudgeKind($"volume of {path}", path, mount, mount is null ? null : pod.FindVolume(mount.Name), objects);
        var partial = mount?.SubPath ?? mount?.SubPathExpr;
        var whole = string.IsNullOrEmpty(partial);
        yield return Judgement.Of(
            $"subPath of the mount under {path}", whole, "none, else renewals never arrive", whole ? "none" : partial!)
            .Saying($"The private key {path} is mounted by subPath, so a renewed certificate never arrives.");
    }

    private static Judgement JudgeKind(string fact, string path, V1VolumeMount? mount, V1Volume? volume, AdmittedObjects objects)
    {
        const string Expected = "secret, csi, or projected secret or podCertificate";
        var file = mount is null ? path : path[Math.Min(path.Length, mount.MountPath.TrimEnd('/').Length + 1)..];
        if (volume?.Csi is { } csi && !SecretDrivers.Contains(csi.Driver))
        {
            return Judgement.Unknown(
                fact, Expected, $"a volume of the CSI driver {csi.Driver}, of which it is not known whether it gives secrets");
        }

        if (volume?.Secret?.Items is { Count: > 0 } items && string.IsNullOrEmpty(mount?.SubPath) && !items.Any(item => item.Path == file))
        {
            return Judgement.Unknown(
                fact, Expected, $"a Secret of which only {string.Join(", ", items.Select(item => item.Path))} is mounted");
        }

        if (volume?.Projected is not { } projected)
        {
            var kind = DescribeKind(volume);
            return Judgement.Of(fact, kind is "secret" or "csi", Expected, kind).Saying(kind == "none"
                ? $"The private key {path} does not come from a volume."
                : $"The private key {path} comes from a volume of kind {kind}, not from a Secret.");
        }

        var providers = (projected.Sources ?? [])
            .Select(source => ProjectedFile.FindKindThatProvides(source, file, objects))
            .OfType<string>()
            .Distinct()
            .ToList();
        return providers.Count == 0
            ? Judgement.Unknown(fact, Expected, "a projected volume, of which it is not known what puts the file there")
            : Judgement.Of(fact, providers.TrueForAll(
                kind => kind is "secret" or "podCertificate"), Expected, $"projected {string.Join(" and ", providers)}")
                .Saying(found => $"The private key {path} comes from a volume of kind {found}, not from a Secret.");
    }

    /// <summary>Others must have no access.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="files">The files that were checked.</param>
    public static Judgement JudgeMode(string path, FileFacts files)
    {
        var fact = $"mode of {path}";
        const string Expected = "no access for others";
        return files.Files.FirstOrDefault(file => file.Path == path && file.Purpose == "tls-key")
            is { Exists: true, Mode: { Length: > 0 } mode }
            ? Judgement.Of(fact, mode[^1] == '0', Expected, mode)
                .Saying($"Other users have access to the private key {path} (mode {mode}).")
            : Judgement.Unknown(fact, Expected, "it could not be read");
    }

    /// <summary>Vault must not be able to write the key.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="files">The files that were checked.</param>
    public static Judgement JudgeWriting(string path, FileFacts files)
    {
        var fact = $"writing to {path}";
        return files.Files.FirstOrDefault(file => file.Path == path && file.Purpose == "tls-key") switch
        {
            { Exists: true, WritableByServer: { } writable } => Judgement.Of(fact, !writable, "refused", writable ? "possible" : "refused")
                .Saying($"Vault can write to its private key {path}."),
            { Exists: false } => Judgement.Unknown(fact, "refused", "the file is not there"),
            _ => Judgement.Unknown(fact, "refused", "it could not be tried"),
        };
    }

    private static bool CanForbidSwap(string? kernel) =>
        kernel?.Split('.', '-') is [var major, var minor, ..]
            && Version.TryParse($"{major}.{minor}", out var version)
            && version >= NoSwapKernel;

    private static string DescribeKind(V1Volume? volume) => volume switch
    {
        { Secret: not null } => "secret",
        { Csi: not null } => "csi",
        { ConfigMap: not null } => "configMap",
        { PersistentVolumeClaim: not null } => "persistentVolumeClaim",
        { HostPath: not null } => "hostPath",
        { EmptyDir: not null } => "emptyDir",
        null => "none",
        _ => "another kind",
    };
}
