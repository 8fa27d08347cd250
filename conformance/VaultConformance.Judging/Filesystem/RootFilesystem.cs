using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Whether the root file system is read-only.</summary>
public static class RootFilesystem
{
    private const string Root = "/";

    /// <summary>Judges what is in effect. A refused write proves only that the user may not; the mount flag proves immutability.</summary>
    /// <param name="mounts">Mounts of PID 1.</param>
    /// <param name="attempts">What happened when files were created.</param>
    public static IEnumerable<Judgement> Judge(MountTable mounts, WriteAttempts attempts)
    {
        yield return mounts.FindHolding(Root) is { } root
            ? Judgement.Of("mount of /", root.ReadOnly, "read-only", root.ReadOnly ? "read-only" : $"writable ({root.FileSystem})")
                .SayingFirst("The root file system is writable.", FailureCause.WritableRoot)
            : Judgement.Unknown("mount of /", "read-only", "the mount table has no such mount");
        var onRoot = attempts.Attempts.Where(attempt => mounts.FindHolding(attempt.Directory)?.MountPoint == Root).ToList();
        yield return onRoot.Count == 0
            ? Judgement.Unknown("directories of the image that Vault can write", "none", "no write was attempted")
            : Judgement.None(
                "directories of the image that Vault can write",
                onRoot.Where(attempt => attempt.Result == WriteResult.Written).Select(attempt => attempt.Directory))
                .Saying(found => $"Vault can write to directories of the image: {found}.", FailureCause.WritableRoot);
    }

    /// <summary>Judges what is declared.</summary>
    /// <param name="container">A container as admitted.</param>
    public static Judgement Judge(V1Container container)
    {
        var value = container.SecurityContext?.ReadOnlyRootFilesystem;
        var declared = value == true;
        return Judgement.Of($"readOnlyRootFilesystem of container {container.Name}", declared, "true", declared ? "true" : "not true")
            .Saying(
                $"readOnlyRootFilesystem is {(value is null ? "not set" : "false")} for container {container.Name}.",
                FailureCause.WritableRoot);
    }
}
