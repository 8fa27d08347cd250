using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class IdentityMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Pod("ID-1", "root supervisor above Vault", "UIDs of docker-entrypoi (PID 1): 0/0/0/0", pod => pod.ChangeInit(init => init with { Uids = [0, 0, 0, 0] })),
        Pod("ID-1", "only the saved UID is root", "100/100/0/100", pod => pod.ChangeInit(init => init with { Uids = [100, 100, 0, 100] })),
        Pod("ID-1", "group 0", "GIDs of", pod => pod.ChangeInit(init => init with { Gids = [0, 0, 0, 0] })),
        Pod("ID-1", "init container as root", "declared user of container setup: runAsUser 0", pod =>
        {
            var setup = CoreMutations.Sidecar();
            setup.Name = "setup";
            setup.SecurityContext.RunAsUser = 0;
            pod.Admitted.Spec.InitContainers = [setup];
        }),
        Release("ID-1", "group 0 where the profile accepts it", "the profile accepts group 0", release =>
        {
            release.Second.ChangeInit(init => init with { Gids = [0, 0, 0, 0] });
            release.Profile = profile => profile with { Parameters = profile.Parameters with { GroupZeroAllowed = true } };
        }, Outcome.Passed),

        Pod("ID-2", "runAsNonRoot dropped by an override", "effective runAsNonRoot: not true", pod => pod.Admitted.Spec.SecurityContext.RunAsNonRoot = null),
        Pod("ID-2", "UID of the course page", "UID of vault (PID 7): 1000 (expected 100", AsUser1000, Outcome.Failed, Requirement.Should),
        Release("ID-2", "another UID where the profile insists", "UID of vault (PID 7): 1000 (expected 100", release =>
        {
            AsUser1000(release.Second);
            release.Profile = profile => profile with { Parameters = profile.Parameters with { ExactIdentityRequired = true } };
        }),
        Pod("ID-2", "declared and effective UID differ", "against runAsUser: 100 (expected 2000", pod => pod.Admitted.Spec.SecurityContext.RunAsUser = 2000),
        Pod("ID-2", "fsGroup dropped by an override", "declared fsGroup: not set", pod => pod.Admitted.Spec.SecurityContext.FsGroup = null, Outcome.Failed, Requirement.Should),
        Release("ID-2", "range of an OpenShift namespace", "1000680000 to 1000689999", release =>
        {
            release.Namespace.Metadata.Annotations["openshift.io/sa.scc.uid-range"] = "1000680000/10000";
            release.Profile = profile => profile with { Parameters = profile.Parameters with { UidRangeFromNamespace = true } };
        }, Outcome.Failed, Requirement.Should),
        Release("ID-2", "namespace without the range", "no readable annotation", release =>
            release.Profile = profile => profile with { Parameters = profile.Parameters with { UidRangeFromNamespace = true } }, Outcome.Inconclusive),

        Pod("ID-3", "escalation not forbidden", "allowPrivilegeEscalation of container vault: not set", pod => pod.Container.SecurityContext.AllowPrivilegeEscalation = null),
        Pod("ID-3", "no_new_privs off", "NoNewPrivs of vault (PID 7): 0", pod => pod.ChangeVault(vault => vault with { NoNewPrivileges = 0 })),
        Pod("ID-3", "no_new_privs not shown", "does not show it", pod => pod.ChangeVault(vault => vault with { NoNewPrivileges = null }), Outcome.Inconclusive),

        Pod("ID-4", "nothing dropped", "dropped capabilities of container vault: none", pod => pod.Container.SecurityContext.Capabilities = null),
        Pod("ID-4", "undropped bounding set", "CHOWN", pod => pod.ChangeVault(vault => vault with { Capabilities = vault.Capabilities with { Bounding = 1 } })),
        Pod("ID-4", "effective capability", "effective capabilities", pod => pod.ChangeVault(vault => vault with { Capabilities = vault.Capabilities with { Effective = 1 << 10 } })),
        Release("ID-4", "bounding capability of the profile", "NET_BIND_SERVICE", release =>
        {
            release.Second.ChangeVault(vault => vault with { Capabilities = vault.Capabilities with { Bounding = 1 << 10 } });
            release.Profile = profile => profile with { Parameters = profile.Parameters with { AllowedCapabilities = ["NET_BIND_SERVICE"] } };
        }, Outcome.Passed),

        Pod("ID-5", "no profile declared", "declared seccomp profile of container vault: none", pod => pod.Admitted.Spec.SecurityContext.SeccompProfile = null),
        Pod("ID-5", "container overrides with Unconfined", "Unconfined", pod => pod.Container.SecurityContext.SeccompProfile = new V1SeccompProfile { Type = "Unconfined" }),
        Pod("ID-5", "declared but not in effect", ": 0 with 0 filters", pod => pod.ChangeVault(vault => vault with { Seccomp = 0, SeccompFilters = 0 })),
        Pod("ID-5", "AppArmor unconfined", "unconfined", pod => pod.ChangeVault(vault => vault with { SecurityLabel = "unconfined" }), Outcome.Failed, Requirement.Should),
        Pod("ID-5", "no LSM on the node", "has neither", pod => pod.ChangeVault(vault => vault with { SecurityLabel = null }), Outcome.Passed),

        Pod("ID-6", "privileged", "privileged (container vault)", pod => pod.Container.SecurityContext.Privileged = true),
        Pod("ID-6", "hostPath", "hostPath /var/log", pod => pod.Admitted.Spec.Volumes.Add(new V1Volume { Name = "log", HostPath = new V1HostPathVolumeSource { Path = "/var/log" } })),
        Pod("ID-6", "hostPort", "hostPort 8200", pod => pod.Container.Ports = [new V1ContainerPort { HostPort = 8200 }]),
        Pod("ID-6", "host namespaces", "hostPID, hostIPC, hostNetwork", pod =>
            (pod.Admitted.Spec.HostPID, pod.Admitted.Spec.HostIPC, pod.Admitted.Spec.HostNetwork) = (true, true, true)),
        Pod("ID-6", "hostNetwork rendered as false", "", pod => pod.Admitted.Spec.HostNetwork = false, Outcome.Passed),
        Pod("ID-6", "unsafe sysctl", "unsafe sysctl kernel.core_pattern", pod =>
            pod.Admitted.Spec.SecurityContext.Sysctls = [new V1Sysctl { Name = "kernel.core_pattern", Value = "x" }]),
        Release("ID-6", "injector with hostNetwork", "vault-agent-injector: sharing with the host: hostNetwork", release => release.OtherPods.Add(Other("vault-agent-injector", "vault-agent-injector"))),

        Pod("ID-7", "image 2.0.1 without IPC_LOCK", "ended with exit code 126 (vault: Operation not permitted)", pod => pod.Admitted.Status.ContainerStatuses[0].LastState =
            new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 126, Message = "vault: Operation not permitted" } }),
        Pod("ID-7", "vault version takes too long", "it did not end in the time that it was given (exit code 124)", pod =>
            pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(124, "") }, Outcome.Inconclusive),
        Pod("ID-7", "vault version takes too long, old busybox", "(exit code 143)", pod =>
            pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(143, "") }, Outcome.Inconclusive),
        Pod("ID-7", "vault version fails", "exit code 126", pod => pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(126, "Operation not permitted") }),
    ];

    private static void AsUser1000(PodEvidence pod)
    {
        pod.Admitted.Spec.SecurityContext.RunAsUser = 1000;
        pod.ChangeVault(vault => vault with { Uids = [1000, 1000, 1000, 1000] });
        pod.ChangeInit(init => init with { Uids = [1000, 1000, 1000, 1000] });
        pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets.Select(socket => socket with { Uid = 1000 })]);
    }

    private static V1Pod Other(string name, string application) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = "vault", ["app.kubernetes.io/name"] = application },
        },
        Spec = new V1PodSpec { HostNetwork = true, Containers = [new V1Container { Name = "other" }] },
    };
}
