using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Containers beside the server that the profile declares: what their processes are in effect, and what they have of the server.</summary>
internal static class SidecarMutations
{
    private const string Name = "agent";

    public static IReadOnlyList<Mutation> All => [.. Processes, .. Volumes];

    private static IReadOnlyList<Mutation> Processes =>
    [
        Beside("ID-1", "user 0 in effect", "vault-1/agent: UIDs of agent (PID 1): 0/0/0/0", process => process with { Uids = [0, 0, 0, 0] }),
        Beside("ID-1", "saved user 0 in effect", "100/100/0/100", process => process with { Uids = [100, 100, 0, 100] }),
        Beside("ID-1", "group 0 in effect", "GIDs of agent (PID 1)", process => process with { Gids = [0, 0, 0, 0] }),
        Beside("ID-1", "one of four ids", "not all four ids were read", process => process with { Uids = [100] }, Outcome.Inconclusive),
        Beside("ID-3", "no_new_privs off in effect", "NoNewPrivs of agent (PID 1): 0", process => process with { NoNewPrivileges = 0 }),
        Beside("ID-3", "no_new_privs not shown", "does not show it", process => process with { NoNewPrivileges = null }, Outcome.Inconclusive),
        Beside("ID-4", "full bounding set in effect", "bounding capabilities of agent (PID 1)", process => process with { Capabilities = process.Capabilities with { Bounding = 0xa80425fb } }),
        Beside("ID-4", "ambient capability in effect", "ambient capabilities of agent (PID 1)", process => process with { Capabilities = process.Capabilities with { Ambient = 1 } }),
        Beside("ID-5", "no filter in effect", "seccomp mode of agent (PID 1): 0", process => process with { Seccomp = 0, SeccompFilters = 0 }),
        Beside("ID-5", "filter not shown", "does not show it", process => process with { Seccomp = null }, Outcome.Inconclusive),
        Beside("ID-1", "as good as it is declared", "", process => process, Outcome.Passed),
        Beside("FS-5", "password in its arguments", "in arguments of processes of container agent: agent (PID 1)", process => process with { CommandLine = ["agent", "--db-password=hunter2"] }),
        Release("ID-1", "sidecar whose first process was not seen", "PID 1 could not be read", release => Declare(release, pod => pod.Sidecars[Name] =
            new ProcessTable([CompliantPod.Process(20, 7, Name, [Name])], CompliantPod.Limits())), Outcome.Inconclusive, null, "CORE-2", "ID-3", "ID-4", "ID-5"),
    ];

    private static IReadOnlyList<Mutation> Volumes =>
    [
        Shared("the folder of the loaded configuration, writable", "from which the server loads its configuration, writable (container agent)", pod =>
        {
            pod.ChangeVault(vault => vault with { CommandLine = ["vault", "server", $"-config={CompliantPod.ConfigPath}", "-config=/tmp/storageconfig.hcl"] });
            pod.Files = pod.Files! with { LoadedConfig = [.. pod.Files.LoadedConfig, new ConfigText("/tmp/storageconfig.hcl", "log_level = \"info\"\n")] };
        }, new V1VolumeMount { Name = "tmp", MountPath = "/w" }, Outcome.Failed, "FS-3"),
        Shared("the data, writable", "claim data, writable (container agent)", _ => { }, new V1VolumeMount { Name = "data", MountPath = "/d" }, Outcome.Passed),
        Pod("PROC-5", "the data in a container that nobody declared", "claim data, writable (container agent)", pod =>
        {
            Add(pod, process => process);
            pod.Admitted.Spec.Containers[1].VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/d" }];
        }),
        Shared("the TLS key under another volume", "Secret tls (container agent)", pod => pod.Admitted.Spec.Volumes.Add(new V1Volume { Name = "copy", Secret = new V1SecretVolumeSource { SecretName = "vault-tls" } }),
            new V1VolumeMount { Name = "copy", MountPath = "/k", ReadOnlyProperty = true }, Outcome.Passed),
        Shared("the token of the account as older clusters mount it", "volumes of the server that other running containers have: none", pod =>
        {
            pod.Admitted.Spec.Volumes.Add(new V1Volume { Name = "vault-token-p44sp", Secret = new V1SecretVolumeSource { SecretName = "vault-token-p44sp", Optional = true } });
            pod.Container.VolumeMounts.Add(new V1VolumeMount { Name = "vault-token-p44sp", MountPath = "/var/run/secrets/kubernetes.io/serviceaccount", ReadOnlyProperty = true });
        }, new V1VolumeMount { Name = "vault-token-p44sp", MountPath = "/var/run/secrets/kubernetes.io/serviceaccount", ReadOnlyProperty = true }, Outcome.Passed),
        Shared("a folder for logs", "emptyDir home, writable (container agent)", _ => { }, new V1VolumeMount { Name = "home", MountPath = "/l" }, Outcome.Passed),
        Pod("PROC-5", "the TLS key in a container that nobody declared", "Secret tls (container agent)", pod =>
        {
            Add(pod, process => process);
            pod.Admitted.Spec.Containers[1].VolumeMounts = [new V1VolumeMount { Name = "tls", MountPath = "/k", ReadOnlyProperty = true }];
        }),
    ];

    private static Mutation Beside(string control, string deviation, string reason, Func<ProcessFacts, ProcessFacts> change, Outcome outcome = Outcome.Failed) =>
        Release(control, $"sidecar: {deviation}", reason, release => Declare(release, pod => Add(pod, change)), outcome);

    private static Mutation Shared(string deviation, string reason, Action<PodEvidence> change, V1VolumeMount mount, Outcome outcome = Outcome.Failed, params string[] also) =>
        Release("PROC-5", $"sidecar with {deviation}", reason, release => Declare(release, pod =>
        {
            Add(pod, process => process);
            pod.Admitted.Spec.Containers[1].VolumeMounts = [mount];
            change(pod);
        }), outcome, null, also);

    private static void Declare(ReleaseEvidence release, Action<PodEvidence> change)
    {
        AddContainer(release.Second);
        change(release.Second);
        release.Profile = profile => profile with { Parameters = profile.Parameters with { DeclaredContainers = [Name] } };
    }

    private static void AddContainer(PodEvidence pod)
    {
        if (pod.Admitted.Spec.Containers.Count == 1)
        {
            pod.Admitted.Spec.Containers.Add(new V1Container { Name = Name, Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext });
        }
    }

    private static void Add(PodEvidence pod, Func<ProcessFacts, ProcessFacts> change)
    {
        AddContainer(pod);
        pod.Sidecars[Name] = new ProcessTable([change(CompliantPod.Process(1, 0, Name, [Name]))], CompliantPod.Limits());
    }
}
