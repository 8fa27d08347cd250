using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Processes, pods and ports that are there, and that a look at the servers alone overlooks.</summary>
internal static class OverlookedMutations
{
    private const string Sockets = "/etc/kubernetes/secrets-store-csi-providers";
    private const string Kubelet = "/var/lib/kubelet/pods";
    private static readonly string[] OfServers = ["CORE-1", "CORE-2", "CORE-4", "FS-3", "FS-4", "FS-5", "ID-2", "MEM-1", "MEM-2", "MEM-3", "PROC-1", "PROC-5", "TLS-1", "TLS-3", "TLS-4", "TLS-6", "TLS-7"];

    public static IReadOnlyList<Mutation> All => [.. Processes, .. Hosts, .. Workloads, .. Ports, .. Certificates, .. Standby];

    private static IReadOnlyList<Mutation> Processes =>
    [
        Pod("ID-1", "root beside the workload", "UIDs of nc (PID 99): 0/0/0/0", pod => Beside(pod, process => process with { Uids = [0, 0, 0, 0] }), also: "PROC-5"),
        Pod("ID-3", "no_new_privs off beside the workload", "NoNewPrivs of nc (PID 99): 0", pod => Beside(pod, process => process with { NoNewPrivileges = 0 }), also: "PROC-5"),
        Pod("ID-4", "capabilities beside the workload", "effective capabilities of nc (PID 99)", pod => Beside(pod, process => process with { Capabilities = new CapabilityMasks(0, 0, 1, 0, 0) }), also: "PROC-5"),
        Pod("ID-5", "no filter beside the workload", "seccomp mode of nc (PID 99): 0", pod => Beside(pod, process => process with { Seccomp = 0, SeccompFilters = 0 }), also: "PROC-5"),
        Pod("ID-1", "root that may be the look itself", "whether this process is the look itself was not recorded", pod =>
        {
            Beside(pod, process => process with { Uids = [0, 0, 0, 0] });
            pod.Processes = pod.Processes! with { SessionPid = null };
        }, Outcome.Inconclusive, also: "PROC-5"),
        Pod("ID-1", "root of the look itself", "", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(4000, 0, "sh", ["sh"]) with { Uids = [0, 0, 0, 0] }],
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Hosts =>
    [
        Release("ID-6", "DaemonSet with kubelet's folder only", "hostPath /var/lib/kubelet/pods (volume pods)", release => Provider(release, [Host("pods", Kubelet)])),
        Release("ID-6", "provider that mounts kubelet's folder to write", "hostPath /var/lib/kubelet/pods (volume pods)", release =>
            Provider(release, [Host("sockets", Sockets), Host("pods", Kubelet)], new V1VolumeMount { Name = "pods", MountPath = "/p" })),
        Release("ID-6", "provider as the chart makes it", "sees there what the driver mounts into pods, by design", release =>
            Provider(release, [Host("sockets", Sockets), Host("pods", Kubelet)], new V1VolumeMount { Name = "pods", MountPath = Kubelet, MountPropagation = "HostToContainer" }), Outcome.Passed),
        Release("ID-6", "provider that only reads", "by design", release =>
            Provider(release, [Host("sockets", Sockets + "/"), Host("pods", Kubelet + "/")], new V1VolumeMount { Name = "pods", MountPath = "/p", ReadOnlyProperty = true }), Outcome.Passed),
        Release("ID-6", "device of a plugin", "resource smarter-devices/mem (container other)", release => Other(release, pod => pod.Spec.Containers[0].Resources = new V1ResourceRequirements
        {
            Limits = new Dictionary<string, ResourceQuantity> { ["smarter-devices/mem"] = new("1"), ["cpu"] = new("1") },
        }), Outcome.Inconclusive),
        Release("ID-6", "claimed device", "resource claim gpu", release => Other(release, pod => pod.Spec.ResourceClaims = [new V1PodResourceClaim { Name = "gpu" }]), Outcome.Inconclusive),
        Release("ID-6", "large pages", "", release => Other(release, pod => pod.Spec.Containers[0].Resources = new V1ResourceRequirements
        {
            Limits = new Dictionary<string, ResourceQuantity> { ["hugepages-2Mi"] = new("2Mi") },
        }), Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Workloads =>
    [
        Release("ID-6", "ReplicationController without pods", "replicationcontroller/old: sharing with the host: hostPID", release =>
            release.Admission = objects => objects with { ReplicationControllers = [Controller(new V1PodSpec { HostPID = true, Containers = [new V1Container { Name = "c" }] })] }),
        Release("FS-5", "password in a PodTemplate", "podtemplate/draft", release => release.Admission = objects => objects with { PodTemplates = [Draft()] }),
        Release("ID-6", "ReplicaSet of an owner that was not read", "replicaset/rollout: sharing with the host: hostPID", release => release.Admission = objects => objects with
        {
            ReplicaSets =
            [
                new V1ReplicaSet
                {
                    Metadata = new V1ObjectMeta { Name = "rollout", OwnerReferences = [new V1OwnerReference { Kind = "Rollout", Name = "rollout" }] },
                    Spec = new V1ReplicaSetSpec { Replicas = 0, Template = new V1PodTemplateSpec { Spec = new V1PodSpec { HostPID = true, Containers = [new V1Container { Name = "c" }] } } },
                },
            ],
        }),
        Release("ID-6", "ReplicationControllers not recorded", "ReplicationControllers, PodTemplates", release =>
            release.Admission = objects => objects with { ReplicationControllers = null, PodTemplates = null }, Outcome.Inconclusive, null, "FS-5", "FS-6", "K8S-1", "K8S-5"),
    ];

    private static IReadOnlyList<Mutation> Ports =>
    [
        Metrics("TLS-1", "metrics of a declared container", "which the profile declares (declaredContainers), and what answers there is not Vault", "HTTP/1.1 200 OK    # HELP statsd_x", Outcome.Passed),
        Metrics("TLS-2", "answer of another kind of a declared container", "what answers there is not Vault", "HTTP/1.1 404 Not Found  content-type: application/json    {\"message\":\"no such page here\"}", Outcome.Passed),
        Metrics("TLS-1", "Vault's health behind a declared container", "\"initialized\"", "HTTP/1.1 200 OK  Content-Type: application/json    {\"initialized\":true,\"sealed\":false", Outcome.Failed, also: "TLS-2"),
        Metrics("TLS-1", "JSON of a declared container that is cut short", "application/json", "HTTP/1.1 200 OK  Content-Type: application/json  Date: x", Outcome.Failed, also: "TLS-2"),
        Metrics("TLS-1", "headers of Vault behind a declared container", "Strict-Transport-Security", "HTTP/1.1 200 OK  Strict-Transport-Security: max-age=1", Outcome.Failed, also: "TLS-2"),
        Release("TLS-2", "old TLS beside the metrics of a declared container", "TLS 1.0 on port 9102", release =>
        {
            Declare(release);
            Listen(release.Second, "HTTP/1.1 200 OK    # HELP x");
            release.Second.ChangeHandshake(PortPurpose.Other, TlsVersion.Tls10, handshake => CompliantTransport.Accept(TlsVersion.Tls12, CompliantTransport.Certificate) with { Offered = handshake.Offered });
        }, Outcome.Failed, null, "TLS-1"),
        Release("TLS-1", "metrics of a container that nobody declared", "# HELP", release => Listen(release.Second, "HTTP/1.1 200 OK    # HELP x"), Outcome.Failed, null, "PROC-5", "TLS-2", "TLS-6"),
        Release("TLS-1", "metrics whose owner is not known", "# HELP", release =>
        {
            Declare(release);
            Listen(release.Second, "HTTP/1.1 200 OK    # HELP x");
            release.Second.Sidecars["statsd"] = new ProcessTable([CompliantPod.Process(1, 0, "statsd", ["statsd"]) with { SocketInodes = null }], CompliantPod.Limits());
        }, Outcome.Failed, null, "TLS-2"),
    ];

    private static IReadOnlyList<Mutation> Certificates =>
    [
        Pod("TLS-1", "TLS off by another number", "off (tls_disable)", pod => pod.ChangeListener("tls_disable", 2)),
        Pod("TLS-1", "TLS on by zero", "", pod => pod.ChangeListener("tls_disable", 0), Outcome.Passed),
        Pod("TLS-2", "TLS 1.3 without encryption", "TLS_SHA256_SHA256, which encrypts nothing", pod =>
            pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls13, handshake => handshake with { CipherSuite = "TLS_SHA256_SHA256" })),
        Release("TLS-5", "certificate that the kubelet has issued", "there is no Secret to compare with", release =>
        {
            foreach (var volume in release.Servers.Select(pod => pod.Admitted.Spec.Volumes.Single(volume => volume.Name == "tls")))
            {
                volume.Secret = null;
                volume.Projected = new V1ProjectedVolumeSource { Sources = [new V1VolumeProjection { PodCertificate = new V1PodCertificateProjection { CertificateChainPath = "tls.crt", KeyPath = "tls.key", SignerName = "s", KeyType = "ECDSAP256" } }] };
            }
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Standby =>
    [
        Release("PROC-2", "a standby only, by a version that knows more", "it was not recorded why the active server was not", release => release.Deletion = release.Deletion! with
        {
            WasActive = false, NewActive = null, FailoverTook = null, LogComplete = true,
        }, Outcome.Inconclusive),
    ];

    /// <summary>A table without its first process is no table.</summary>
    public static IReadOnlyList<Mutation> WithoutInit { get; } =
    [
        Pod("ID-1", "first process that was not seen", "PID 1 could not be read", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes.Where(process => process.Pid != 1).Select(process => process with { InContainer = true })],
        }, Outcome.Inconclusive, null, [.. OfServers, "HA-4", "ID-3", "ID-4", "ID-5", "ID-8", "UPG-6", "UPG-7", "API-1", "API-6", "API-7", "API-8"]),
        Pod("ID-1", "first process of another container in a namespace of its own", "PID 1 could not be read", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes.Select(process => process with { InContainer = process.Pid != 1 })],
        }, Outcome.Inconclusive, null, [.. OfServers, "HA-4", "ID-3", "ID-4", "ID-5", "ID-8", "UPG-6", "UPG-7", "API-1", "API-6", "API-7", "API-8"]),
    ];

    private static Mutation Metrics(string control, string deviation, string reason, string excerpt, Outcome outcome, params string[] also) => Release(control, deviation, reason, release =>
    {
        Declare(release);
        Listen(release.Second, excerpt);
    }, outcome, null, also);

    private static void Declare(ReleaseEvidence release) =>
        release.Profile = profile => profile with { Parameters = profile.Parameters with { DeclaredContainers = ["statsd"] } };

    private static void Listen(PodEvidence pod, string excerpt)
    {
        pod.Admitted.Spec.Containers.Add(new V1Container { Name = "statsd", SecurityContext = pod.Container.SecurityContext, Resources = pod.Container.Resources });
        pod.Sidecars["statsd"] = new ProcessTable([CompliantPod.Process(1, 0, "statsd", ["statsd"]) with { SocketInodes = [7] }], CompliantPod.Limits());
        pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("::", 9102, 100, 7)]);
        static TlsHandshake Refuse(TlsVersion version) => CompliantTransport.Refuse(version) with { Outcome = HandshakeOutcome.RefusedByServer, Alert = null };
        var plain = new PlaintextAnswer(PlaintextAnswerKind.HttpAnswered, 200, excerpt);
        pod.Listeners = pod.Listeners! with
        {
            Endpoints = [.. pod.Listeners.Endpoints, pod.Listeners.Endpoints[0] with
            {
                Port = 9102, Purpose = PortPurpose.Other, Plaintext = plain, Handshakes = [.. Enum.GetValues<TlsVersion>().Select(Refuse)],
                WeakSuites = [.. pod.Listeners.Endpoints[0].WeakSuites.Select(offer => offer with { Handshake = Refuse(TlsVersion.Tls12) })],
            }],
        };
    }

    private static void Beside(PodEvidence pod, Func<ProcessFacts, ProcessFacts> change) =>
        pod.Processes = pod.Processes! with { Processes = [.. pod.Processes.Processes, change(CompliantPod.Process(99, 0, "nc", ["nc", "-l"]))] };

    private static V1Volume Host(string name, string path) => new() { Name = name, HostPath = new V1HostPathVolumeSource { Path = path } };

    private static void Provider(ReleaseEvidence release, List<V1Volume> volumes, params V1VolumeMount[] mounts)
    {
        var labels = new Dictionary<string, string> { ["app"] = "spy" };
        release.DaemonSets.Add(new V1DaemonSet
        {
            Metadata = new V1ObjectMeta { Name = "spy" }, Status = new V1DaemonSetStatus { DesiredNumberScheduled = 1 },
            Spec = new V1DaemonSetSpec { Selector = new V1LabelSelector { MatchLabels = labels }, Template = new V1PodTemplateSpec() },
        });
        Other(release, pod =>
        {
            pod.Metadata.Labels = labels;
            pod.Spec.Volumes = volumes;
            pod.Spec.Containers[0].VolumeMounts = [.. mounts];
        });
    }

    private static void Other(ReleaseEvidence release, Action<V1Pod> change)
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "other" }, Spec = new V1PodSpec { Containers = [new V1Container { Name = "other" }] } };
        change(pod);
        release.OtherPods.Add(pod);
    }

    private static V1ReplicationController Controller(V1PodSpec spec) => new()
    {
        Metadata = new V1ObjectMeta { Name = "old" },
        Spec = new V1ReplicationControllerSpec { Replicas = 0, Selector = new Dictionary<string, string> { ["app"] = "old" }, Template = new V1PodTemplateSpec { Spec = spec } },
    };

    private static V1PodTemplate Draft() => new()
    {
        Metadata = new V1ObjectMeta { Name = "draft" },
        Template = new V1PodTemplateSpec { Spec = new V1PodSpec { Containers = [new V1Container { Name = "c", Env = [new V1EnvVar { Name = "DB_PASSWORD", Value = "hunter2-plain" }] }] } },
    };
}
