using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>A throw-away copy of a server pod that crashes for real when its server gets SIGABRT (CORE-5).</summary>
/// <remarks>
/// The Go runtime catches SIGABRT, prints stacks and exits 2 whatever the core limit; only <c>GOTRACEBACK=crash</c> lets it die of the
/// signal. The copy keeps the security context, limits and mounts that decide about a core file; claims become empty directories, and a
/// shell stays behind so that the file system can be checked afterwards.
/// </remarks>
internal static class CrashCanaryPod
{
    /// <summary>Marks the exit code in the log.</summary>
    internal const string ExitMarker = "vault-conformance-canary exit=";

    private const string Wrapper = "\"$@\"; code=$?; echo \"" + ExitMarker + "$code\"; exec sleep 600";

    /// <summary>The pod to create.</summary>
    /// <param name="original">A server pod as admitted.</param>
    /// <param name="runId">Id of the run.</param>
    internal static V1Pod CopyOf(V1Pod original, string runId)
    {
        var container = ServerProduct.FindServerContainer(original);
        return new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = original.Metadata.Name + "-crash-canary",
                NamespaceProperty = original.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(RunLabels.CreateFor(runId)),
            },
            Spec = new V1PodSpec
            {
                RestartPolicy = "Never",
                TerminationGracePeriodSeconds = 0,
                ServiceAccountName = original.Spec.ServiceAccountName,
                // The token's volume is among the copied ones; service registration needs it to start.
                AutomountServiceAccountToken = false,
                SecurityContext = original.Spec.SecurityContext,
                RuntimeClassName = original.Spec.RuntimeClassName,
                NodeSelector = original.Spec.NodeSelector,
                Tolerations = original.Spec.Tolerations,
                ImagePullSecrets = original.Spec.ImagePullSecrets,
                Volumes = [.. (original.Spec.Volumes ?? []).Select(WithoutClaim)],
                Containers = [MakeCrashing(container)],
            },
        };
    }

    private static V1Container MakeCrashing(V1Container container) => new()
    {
        Name = container.Name,
        Image = container.Image,
        ImagePullPolicy = container.ImagePullPolicy,
        SecurityContext = container.SecurityContext,
        Resources = container.Resources,
        Env = [
            .. (container.Env ?? []).Where(variable => variable.Name != "GOTRACEBACK"),
            new V1EnvVar { Name = "GOTRACEBACK", Value = "crash" }
        ],
        EnvFrom = container.EnvFrom,
        VolumeMounts = container.VolumeMounts,
        Command = ["/bin/sh", "-c", Wrapper, "canary", .. container.Command ?? ["docker-entrypoint.sh"]],
        Args = container.Args,
    };

    private static V1Volume WithoutClaim(V1Volume volume) =>
        volume.PersistentVolumeClaim is null ? volume : new V1Volume { Name = volume.Name, EmptyDir = new V1EmptyDirVolumeSource() };
}
