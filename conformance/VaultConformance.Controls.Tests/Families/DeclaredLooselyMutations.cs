using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What a container takes back of its pod's restrictions, and what processes keep of group 0.</summary>
internal static class DeclaredLooselyMutations
{
    private const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";

    public static IReadOnlyList<Mutation> All => [.. Groups, .. Modules, .. Propagation];

    private static IReadOnlyList<Mutation> Groups =>
    [
        Pod("ID-1", "init container with group 0", "declared group of container agent: 0 (expected another than 0", pod =>
            Init(pod, container => container.SecurityContext.RunAsGroup = 0)),
        Pod("ID-1", "init container with the smallest group that is not 0", "", pod => Init(pod, container => container.SecurityContext.RunAsGroup = 1), Outcome.Passed),
        Pod("ID-1", "init container whose group is left to the image", "", pod =>
        {
            pod.Admitted.Spec.SecurityContext.RunAsGroup = null;
            Init(pod, _ => { });
        }, Outcome.Passed),
        Pod("ID-1", "init container that inherits group 0 of the pod", "declared group of container agent: 0", pod =>
        {
            pod.Admitted.Spec.SecurityContext.RunAsGroup = 0;
            Init(pod, _ => { });
        }, Outcome.Failed, null, "ID-2"),
        Pod("ID-1", "one id of four was read", "100: not all four ids were read", pod => pod.ChangeVault(vault => vault with { Uids = [100] }), Outcome.Inconclusive),
        Pod("ID-1", "one group of four was read", "1000/1000/1000: not all four ids were read", pod => pod.ChangeVault(vault => vault with { Gids = [1000, 1000, 1000] }), Outcome.Inconclusive),
        Pod("ID-1", "no id was read", "unreadable", pod => pod.ChangeInit(init => init with { Uids = [] }), Outcome.Inconclusive),
        Pod("ID-1", "one id was read, and it is root's", "UIDs of docker-entrypoi (PID 1): 0", pod => pod.ChangeInit(init => init with { Uids = [0] })),
        Pod("ID-2", "group 0 among the supplementary groups", "supplementary groups of vault (PID 7): 0 1000 (expected without 0", pod =>
            pod.ChangeVault(vault => vault with { Groups = [0, 1000] }), Outcome.Failed, Requirement.Should),
        Pod("ID-2", "group 0 among the supplementary groups, declared", "supplementary groups of vault (PID 7)", pod =>
        {
            pod.Admitted.Spec.SecurityContext.SupplementalGroups = [0];
            pod.ChangeVault(vault => vault with { Groups = [0, 1000] });
        }, Outcome.Failed, Requirement.Should),
        Pod("ID-2", "group 0 among those of another process than the server", "supplementary groups of docker-entrypoi (PID 1)", pod =>
            pod.ChangeInit(init => init with { Groups = [0, 1000] }), Outcome.Failed, Requirement.Should),
        Release("ID-2", "group 0 where the profile accepts it", "the profile accepts group 0", release =>
        {
            release.Second.ChangeVault(vault => vault with { Groups = [0, 1000] });
            release.Profile = profile => profile with { Parameters = profile.Parameters with { GroupZeroAllowed = true } };
        }, Outcome.Passed),
        Pod("ID-2", "init container that takes runAsNonRoot back", "containers that take runAsNonRoot back: agent", pod =>
            Init(pod, container => container.SecurityContext.RunAsNonRoot = false)),
        Pod("ID-2", "init container that repeats runAsNonRoot", "", pod => Init(pod, container => container.SecurityContext.RunAsNonRoot = true), Outcome.Passed),
        Pod("ID-2", "server that takes runAsNonRoot back", "containers that take runAsNonRoot back: vault", pod => pod.Container.SecurityContext.RunAsNonRoot = false),
    ];

    private static IReadOnlyList<Mutation> Modules =>
    [
        Loose("init container with the SELinux type of privileged containers", "SELinux type spc_t (agent)", pod => Init(pod, container =>
            container.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { Type = "spc_t" })),
        Loose("init container with an SELinux type of its own", "SELinux type mine_t (agent)", pod => Init(pod, container =>
            container.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { Type = "mine_t" })),
        Pod("ID-5", "init container with the SELinux type of containers", "", pod => Init(pod, container =>
            container.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { Type = "container_t", Level = "s0:c1" }), Outcome.Passed),
        Loose("pod with the SELinux type of privileged containers", "SELinux type spc_t (vault)", pod =>
            pod.Admitted.Spec.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { Type = "spc_t" }),
        Loose("pod with an SELinux user of its own", "SELinux user system_u (vault)", pod =>
            pod.Admitted.Spec.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { User = "system_u" }),
        Loose("init container with an SELinux role of its own", "SELinux role sysadm_r (agent)", pod => Init(pod, container =>
            container.SecurityContext.SeLinuxOptions = new V1SELinuxOptions { Type = "container_t", Role = "sysadm_r" })),
        Loose("init container without AppArmor", "AppArmor Unconfined (agent)", pod => Init(pod, container =>
            container.SecurityContext.AppArmorProfile = new V1AppArmorProfile { Type = "Unconfined" })),
        Pod("ID-5", "init container with the runtime's AppArmor", "", pod => Init(pod, container =>
            container.SecurityContext.AppArmorProfile = new V1AppArmorProfile { Type = "RuntimeDefault" }), Outcome.Passed),
        Loose("annotation that switches AppArmor off", "AppArmor unconfined (vault, by annotation)", pod => Annotate(pod, "unconfined")),
        Pod("ID-5", "annotation that names the runtime's AppArmor", "", pod => Annotate(pod, "runtime/default"), Outcome.Passed),
        Loose("the runtime's own domain of SELinux", "container_runtime_t", pod =>
            pod.ChangeVault(vault => vault with { SecurityLabel = "system_u:system_r:container_runtime_t:s0" })),
        Loose("domain of SELinux that nobody knows", "vault_t", pod => pod.ChangeVault(vault => vault with { SecurityLabel = "system_u:system_r:vault_t:s0" })),
        Pod("ID-5", "domain of SELinux made for one container", "", pod =>
            pod.ChangeVault(vault => vault with { SecurityLabel = "system_u:system_r:vault.process:s0:c1,c2" }), Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Propagation =>
    [
        Pod("ID-6", "mounts that reach the host", "mount propagation to the host at /vault/data (container vault)", pod => pod.Container.VolumeMounts[0].MountPropagation = "Bidirectional"),
        Pod("ID-6", "mounts of an init container that reach the host", "(container agent)", pod => Init(pod, container =>
            container.VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/vault/data", MountPropagation = "Bidirectional" }])),
        Pod("ID-6", "mounts that come from the host only", "", pod => pod.Container.VolumeMounts[0].MountPropagation = "HostToContainer", Outcome.Passed),
    ];

    private static Mutation Loose(string deviation, string reason, Action<PodEvidence> change) => Pod("ID-5", deviation, reason, change, Outcome.Failed, Requirement.Should);

    private static void Init(PodEvidence pod, Action<V1Container> change)
    {
        var container = CoreMutations.Sidecar();
        change(container);
        pod.Admitted.Spec.InitContainers = [container];
    }

    private static void Annotate(PodEvidence pod, string value) =>
        pod.Admitted.Metadata.Annotations = new Dictionary<string, string> { [AppArmor + "vault"] = value };
}
