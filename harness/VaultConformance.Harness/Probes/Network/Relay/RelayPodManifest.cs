using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>What a relay pod is made from.</summary>
/// <param name="Namespace">Namespace to create it in.</param>
/// <param name="Image">Image; the server image under test, because the node has it already.</param>
/// <param name="PullSecrets">Names of pull secrets of the server pods.</param>
/// <param name="RunId">Id of the run; lower-case letters, digits, dashes.</param>
internal sealed record RelayPodSpec(string Namespace, string Image, IReadOnlyList<string> PullSecrets, string RunId)
{
    /// <summary>Longest wait for the pod to run.</summary>
    public TimeSpan StartLimit { get; init; } = StepLimits.Default.Helper;
}

/// <summary>The pod object: admissible where Pod Security "restricted" is enforced, small, and gone at once when deleted.</summary>
internal static class RelayPodManifest
{
    /// <summary>The only container.</summary>
    public const string Container = "relay";

    /// <summary>On a namespace where the platform assigns user ids and refuses others (OpenShift).</summary>
    public const string AssignedUsers = "openshift.io/sa.scc.uid-range";

    private const long Nobody = 65534;

    // Answers SIGTERM, which a shell without a trap ignores as PID 1.
    private const string Idle = "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done";

    public static string CreateName(RelayPodSpec spec) => $"vaultconformance-relay-{spec.RunId}";

    public static V1Pod Create(RelayPodSpec spec, bool usersAreAssigned) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = CreateName(spec),
            NamespaceProperty = spec.Namespace,
            Labels =
                new Dictionary<string, string>(RunLabels.CreateFor(spec.RunId)) { ["app.kubernetes.io/name"] = "vaultconformance-relay" },
        },
        Spec = new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            RestartPolicy = "Always",
            TerminationGracePeriodSeconds = 1,
            ImagePullSecrets = spec.PullSecrets.Select(name => new V1LocalObjectReference { Name = name }).ToList(),
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = usersAreAssigned ? null : Nobody,
                RunAsGroup = usersAreAssigned ? null : Nobody,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Volumes =
                [new V1Volume { Name =
                    "tmp", EmptyDir = new V1EmptyDirVolumeSource { Medium = "Memory", SizeLimit = new ResourceQuantity("16Mi") } }],
            Containers = [Relay(spec)],
        },
    };

    private static V1Container Relay(RelayPodSpec spec) => new()
    {
        Name = Container,
        Image = spec.Image,
        ImagePullPolicy = "IfNotPresent",
        Command = ["sh", "-c", Idle],
        VolumeMounts = [new V1VolumeMount { Name = "tmp", MountPath = "/tmp" }],
        Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10m"), ["memory"] = new("16Mi") },
            Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1"), ["memory"] = new("64Mi") },
        },
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
    };
}
