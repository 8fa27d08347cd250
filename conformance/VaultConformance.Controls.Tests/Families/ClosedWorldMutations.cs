using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What is there beside the server container and its processes, and what only has the name of something harmless.</summary>
internal static class ClosedWorldMutations
{
    private const string CsiProvider = "vault-csi-provider";

    public static IReadOnlyList<Mutation> All => [.. Containers, .. OtherPods, .. Names, .. Runtimes];

    private static IReadOnlyList<Mutation> Containers =>
    [
        Pod("PROC-5", "init container that keeps running and that nobody declared", "that are not declared: agent", pod =>
        {
            AddInit(pod, container => container.RestartPolicy = "Always");
            pod.Sidecars["agent"] = new ProcessTable([CompliantPod.Process(1, 0, "agent", ["agent"])], CompliantPod.Limits());
        }),
        Pod("CORE-2", "init container that keeps running without the limit", "vault-1/agent", pod =>
        {
            AddInit(pod, container => container.RestartPolicy = "Always");
            pod.Sidecars["agent"] = new ProcessTable([CompliantPod.Process(1, 0, "agent", ["agent"])], CompliantPod.Limits(null));
        }, also: "PROC-5"),
        Pod("CORE-2", "process whose limits cannot be read", "processes whose limits could not be read: plugin (PID 20)", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, "plugin", ["plugin"]) with { Limits = null }],
        }, Outcome.Inconclusive, also: "PROC-5"),
        Pod("ID-4", "init container that drops everything and adds some of it", "added capabilities of container agent: SYS_ADMIN, SYS_PTRACE", pod =>
            AddInit(pod, container => container.SecurityContext.Capabilities.Add = ["SYS_ADMIN", "CAP_SYS_PTRACE"])),
        Pod("ID-4", "init container that adds all", "ALL", pod => AddInit(pod, container => container.SecurityContext.Capabilities.Add = ["all"]), also: "MEM-3"),
        Pod("MEM-3", "init container with IPC_LOCK", "granted to container agent", pod =>
            AddInit(pod, container => container.SecurityContext.Capabilities.Add = ["ipc_lock"]), also: "ID-4"),
        Pod("ID-4", "plugin with capabilities", "effective capabilities of plugin (PID 20): SYS_ADMIN", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, "plugin", ["plugin"]) with { Capabilities = new CapabilityMasks(0, 0, 1 << 21, 0, 0) }],
        }, also: "PROC-5"),
        Pod("ID-5", "init container without a filter", "declared seccomp profile of container agent: Unconfined", pod =>
            AddInit(pod, container => container.SecurityContext.SeccompProfile = new V1SeccompProfile { Type = "Unconfined" })),
        Pod("ID-5", "AppArmor that only complains", "cri-containerd.apparmor.d (complain)", pod => pod.ChangeVault(vault => vault with
        {
            SecurityLabel = "cri-containerd.apparmor.d (complain)",
        }), Outcome.Failed, Requirement.Should),
        Pod("ID-5", "SELinux type of privileged containers", "spc_t", pod => pod.ChangeVault(vault => vault with
        {
            SecurityLabel = "system_u:system_r:spc_t:s0",
        }), Outcome.Failed, Requirement.Should),
        Pod("ID-5", "SELinux type of containers", "container_t", pod => pod.ChangeVault(vault => vault with
        {
            SecurityLabel = "system_u:system_r:container_t:s0:c1,c2",
        }), Outcome.Passed),
        Pod("ID-6", "privileged container for debugging", "privileged (container debugger)", pod => AddDebugger(pod, new V1SecurityContext { Privileged = true }),
            also: ["CORE-2", "FS-1", "FS-6", "ID-3", "ID-4", "PROC-5"]),
    ];

    private static IReadOnlyList<Mutation> OtherPods =>
    [
        Release("ID-6", "Deployment whose pod is not there yet", "deployment/vault-agent-injector: sharing with the host: hostNetwork, privileged (container sidecar-injector)", release =>
            release.Deployments.Add(new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = "vault-agent-injector" },
                Spec = new V1DeploymentSpec { Replicas = 1, Selector = Selector("injector"), Template = Privileged("injector", "sidecar-injector") },
            })),
        Release("ID-6", "DaemonSet whose pods are not there yet", "daemonset/agent", release => release.DaemonSets.Add(new V1DaemonSet
        {
            Metadata = new V1ObjectMeta { Name = "agent" },
            Spec = new V1DaemonSetSpec { Selector = Selector("agent"), Template = Privileged("agent", "agent") },
        })),
        Release("ID-6", "Job whose pod is not there yet", "job/init", release => release.Jobs.Add(new V1Job
        {
            Metadata = new V1ObjectMeta { Name = "init" }, Spec = new V1JobSpec { Template = Privileged("init", "init") },
        })),
        Release("ID-6", "pod of the namespace that has no label of the release", "stranger: sharing with the host: hostNetwork", release =>
            release.OtherPods.Add(Other("stranger", [], pod => pod.Spec.HostNetwork = true))),
        Release("ID-6", "injector that shares nothing", "", release => release.OtherPods.Add(Other("vault-agent-injector", [], _ => { })), Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Names =>
    [
        Pod("ID-6", "privileged server that is labelled like the CSI provider", "hostPID, hostPath / (volume host), privileged (container vault)", pod =>
        {
            pod.Admitted.Metadata.Labels["app.kubernetes.io/name"] = CsiProvider;
            pod.Admitted.Spec.HostPID = true;
            pod.Admitted.Spec.Volumes.Add(HostPath("host", "/"));
            pod.Container.SecurityContext.Privileged = true;
        }),
        Release("ID-6", "pod that is only labelled like the CSI provider", "hostPath /etc/kubernetes/secrets-store-csi-providers", release =>
            release.OtherPods.Add(Other(CsiProvider, [], pod => pod.Spec.Volumes = [HostPath("sockets", "/etc/kubernetes/secrets-store-csi-providers")]))),
        Release("ID-6", "CSI provider with the driver's own folders", "by design", release => AddProvider(release, pod =>
            pod.Spec.Volumes = [HostPath("sockets", "/etc/kubernetes/secrets-store-csi-providers"), HostPath("pods", "/var/lib/kubelet/pods")]), Outcome.Passed),
        Release("ID-6", "CSI provider with more of the host", "hostPath /etc (volume more)", release => AddProvider(release, pod =>
            pod.Spec.Volumes = [HostPath("sockets", "/etc/kubernetes/secrets-store-csi-providers"), HostPath("more", "/etc")])),
        Release("ID-6", "privileged CSI provider", "privileged (container other)", release => AddProvider(release, pod =>
            pod.Spec.Containers[0].SecurityContext = new V1SecurityContext { Privileged = true })),
        Pod("FS-2", "claim called plugins over the programs", "also /usr/local/bin", pod => Mount(pod, "plugins", "/usr/local/bin")),
        Pod("FS-2", "emptyDir called audit over the settings", "also /etc", pod =>
        {
            pod.Admitted.Spec.Volumes.Add(new V1Volume { Name = "audit", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1Mi") } });
            pod.Container.VolumeMounts.Add(new V1VolumeMount { Name = "audit", MountPath = "/etc" });
            pod.ChangeAttempt("/etc", WriteResult.Written);
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/etc", "ext4", "/dev/sda", "/", ["rw"], ["rw"])]);
        }),
        Release("FS-2", "data storage where the values put it", "", release =>
        {
            release.StatefulSet.Spec.VolumeClaimTemplates = [new V1PersistentVolumeClaim { Metadata = new V1ObjectMeta { Name = "data" } }];
            release.StatefulSet.Spec.Template.Spec.Containers.Add(new V1Container { Name = "vault", VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/srv/vault" }] });
            foreach (var pod in release.Servers)
            {
                Mount(pod, "data", "/srv/vault");
            }
        }, Outcome.Passed),
        Pod("FS-4", "key from a ConfigMap beside a Secret in one projected volume", ": projected configMap", pod => Project(pod, "tls.key")),
        Pod("FS-4", "projected volume of which nothing is known to give the key", "it is not known what puts the file there", pod => Project(pod, "other.key"), Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Runtimes =>
    [
        Release("ID-5", "ordinary runtime with the name of a sandbox", "seccomp mode of vault (PID 7): 0", release => UseRuntime(release, "runc-not-kata", "runc", "6.18.0")),
        Release("ID-5", "runtime class that is not known", "seccomp mode of vault (PID 7): 0", release => UseRuntime(release, "kata", null, "6.1.0")),
        Release("ID-5", "handler of a sandbox under the kernel of the node", "seccomp mode of vault (PID 7): 0", release => UseRuntime(release, "kata", "kata-qemu", "6.18.0")),
        Release("ID-5", "sandbox whose kernel was not recorded", "which kernel the pod sees was not recorded", release => UseRuntime(release, "kata", "kata-qemu", null), Outcome.Inconclusive, also: "CORE-3"),
        Release("ID-5", "sandbox with a kernel of its own", "is its own view", release => UseRuntime(release, "secure", "runsc", "4.4.0"), Outcome.Passed),
        Pod("CORE-3", "handler that is only called like that of systemd", "'|/opt/tools/systemd-coredump %P'", pod => pod.CoreSettings = new CoreSettings("|/opt/tools/systemd-coredump %P", 1, 0)),
        Release("CORE-3", "handler that the profile accepts by its path", "", release =>
        {
            release.Second.CoreSettings = new CoreSettings("|/opt/dump %P", 1, 0);
            release.Profile = profile => profile with { Parameters = profile.Parameters with { AcceptedCoreHandlers = ["/opt/dump"] } };
        }, Outcome.Passed),
        Release("CORE-5", "unlimited, and nothing found", "it may lie where nobody looked", release => release.Crash = release.Crash! with
        {
            CorePattern = "trace-%e", CoreLimit = new ResourceLimit(null, null),
        }, Outcome.Inconclusive),
        Release("CORE-5", "limit that is not zero, and nothing found", "it may lie where nobody looked", release => release.Crash = release.Crash! with
        {
            CoreLimit = new ResourceLimit(0, 65536),
        }, Outcome.Inconclusive),
        Pod("MEM-1", "half of the memory locked only, swap open", "nothing (", pod => Lock(pod, 45000, 90000)),
        Pod("MEM-1", "locked memory against resident memory that is not shown", "nothing (", pod => Lock(pod, 1, null)),
        Pod("MEM-1", "all but what the kernel counts late is locked", "(d) memory is locked", pod => Lock(pod, 89000, 90000), Outcome.Passed),
        Pod("MEM-1", "burstable pod on a node that gives such pods swap", "(LimitedSwap)", pod =>
        {
            Lock(pod, 0, 90000);
            pod.Admitted.Status.QosClass = "Burstable";
        }),
    ];

    private static void AddInit(PodEvidence pod, Action<V1Container> change)
    {
        var container = CoreMutations.Sidecar();
        change(container);
        pod.Admitted.Spec.InitContainers = [container];
    }

    private static void AddDebugger(PodEvidence pod, V1SecurityContext context) => pod.Admitted.Spec.EphemeralContainers =
        [new V1EphemeralContainer { Name = "debugger", TargetContainerName = "vault", SecurityContext = context }];

    private static void AddProvider(ReleaseEvidence release, Action<V1Pod> change)
    {
        release.DaemonSets.Add(new V1DaemonSet
        {
            Metadata = new V1ObjectMeta { Name = CsiProvider },
            Spec = new V1DaemonSetSpec { Selector = Selector("csi"), Template = new V1PodTemplateSpec() },
            Status = new V1DaemonSetStatus { DesiredNumberScheduled = 1 },
        });
        release.OtherPods.Add(Other(CsiProvider, new Dictionary<string, string> { ["app"] = "csi" }, change));
    }

    private static V1Pod Other(string name, Dictionary<string, string> labels, Action<V1Pod> change)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = name, Labels = labels }, Spec = new V1PodSpec { Containers = [new V1Container { Name = "other" }] },
        };
        change(pod);
        return pod;
    }

    private static V1LabelSelector Selector(string application) => new() { MatchLabels = new Dictionary<string, string> { ["app"] = application } };

    private static V1PodTemplateSpec Privileged(string application, string container) => new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = application } },
        Spec = new V1PodSpec
        {
            HostNetwork = true, Containers = [new V1Container { Name = container, SecurityContext = new V1SecurityContext { Privileged = true } }],
        },
    };

    private static V1Volume HostPath(string name, string path) => new() { Name = name, HostPath = new V1HostPathVolumeSource { Path = path } };

    private static void Mount(PodEvidence pod, string name, string path)
    {
        if (pod.Admitted.Spec.Volumes.All(volume => volume.Name != name))
        {
            pod.Admitted.Spec.Volumes.Add(new V1Volume { Name = name, PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = name } });
        }

        pod.Container.VolumeMounts.Add(new V1VolumeMount { Name = name, MountPath = path });
        pod.WriteAttempts = new WriteAttempts([.. pod.WriteAttempts!.Attempts.Where(attempt => attempt.Directory != path), new WriteAttempt(path, WriteResult.Written, "")]);
        pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts(path, "ext4", "/dev/sda", "/", ["rw"], ["rw"])]);
    }

    private static void Project(PodEvidence pod, string key)
    {
        var volume = pod.Admitted.Spec.Volumes.Single(candidate => candidate.Name == "tls");
        volume.Secret = null;
        volume.Projected = new V1ProjectedVolumeSource
        {
            Sources =
            [
                new V1VolumeProjection { Secret = new V1SecretProjection { Name = "vault-tls", Items = [new V1KeyToPath { Key = "tls.crt", Path = "tls.crt" }] } },
                new V1VolumeProjection { ConfigMap = new V1ConfigMapProjection { Name = "keys", Optional = true, Items = [new V1KeyToPath { Key = key, Path = key }] } },
            ],
        };
    }

    private static void UseRuntime(ReleaseEvidence release, string name, string? handler, string? kernel)
    {
        if (handler is not null)
        {
            release.RuntimeClasses.Add(new V1RuntimeClass { Metadata = new V1ObjectMeta { Name = name }, Handler = handler });
        }

        release.Second.Admitted.Spec.RuntimeClassName = name;
        release.Second.CoreSettings = new CoreSettings("core", 1, 0) { KernelRelease = kernel };
        release.Second.ChangeVault(vault => vault with { Seccomp = 0, SeccompFilters = 0 });
    }

    private static void Lock(PodEvidence pod, long locked, long? resident)
    {
        pod.Memory = pod.Memory! with { SwapDevices = [new SwapDevice("/dev/sda2", "partition", 1024, 0)], SwapMax = "max" };
        pod.ChangeVault(vault => vault with { Memory = new ProcessMemory(locked, resident, 0) });
    }
}
