using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>no_new_privs, capabilities, seccomp and LSM of a process.</summary>
internal static class Confinement
{
    private const string Off = "the kernel does not show it here";

    private const string AppArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

    // The types that Pod Security Standards (baseline) admit.
    private static readonly string[] ContainerTypes = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    /// <summary>no_new_privs of a process.</summary>
    public static Judgement JudgeNoNewPrivileges(ProcessFacts process)
    {
        var fact = $"NoNewPrivs of {process.DescribeLabel()}";
        return process.NoNewPrivileges is { } flag
            ? Judgement.Of(fact, flag == 1, "1", $"{flag}")
                .SayingOf(
                    process.DescribeLabel(),
                    $"{FailureSentence.Placeholder} may gain new privileges (NoNewPrivs is {flag}).",
                    $"{FailureSentence.Placeholder} may gain new privileges (NoNewPrivs is {flag}).",
                    FailureCause.SecurityContext)
            : Judgement.Unknown(fact, "1", Off);
    }

    /// <summary>
    /// A container must forbid privilege escalation explicitly: an override of the security context drops the chart's default.
    /// </summary>
    public static Judgement JudgeNoEscalation(V1Container container)
    {
        var allowed = container.SecurityContext?.AllowPrivilegeEscalation;
        var actual = allowed switch { true => "true", false => "false", null => "not set" };
        return Judgement.Of($"allowPrivilegeEscalation of container {container.Name}", allowed == false, "false", actual)
            .Saying(
                $"allowPrivilegeEscalation is {actual} for container {container.Name}; it must be false.", FailureCause.SecurityContext);
    }

    /// <summary>
    /// Capability sets of a process. An empty effective set is automatic for a non-root user and hides an undropped bounding set.
    /// </summary>
    public static IEnumerable<Judgement> JudgeCapabilities(ProcessFacts process, IReadOnlyList<string> allowed)
    {
        var sets = process.Capabilities;
        IEnumerable<(string Name, ulong Mask)> empty =
            [("effective", sets.Effective), ("permitted", sets.Permitted), ("ambient", sets.Ambient)];
        foreach (var (name, mask) in empty)
        {
            yield return Judgement.Of($"{name} capabilities of {process.DescribeLabel()}", mask == 0, "none", CapabilitySet.Format(mask))
                .SayingOf(
                    process.DescribeLabel(),
                    $"{FailureSentence.Placeholder} has {name} capabilities: {ShortList.Join(CapabilitySet.List(mask))}.",
                    $"{FailureSentence.Placeholder} have {name} capabilities: {ShortList.Join(CapabilitySet.List(mask))}.",
                    FailureCause.SecurityContext);
        }

        var excess = CapabilitySet.List(sets.Bounding).Except(allowed, StringComparer.OrdinalIgnoreCase).ToList();
        yield return Judgement.Of(
            $"bounding capabilities of {process.DescribeLabel()}",
            excess.Count == 0,
            allowed.Count == 0 ? "none" : $"at most {string.Join(", ", allowed)}",
            CapabilitySet.Format(sets.Bounding))
            .SayingOf(
                process.DescribeLabel(),
                $"{FailureSentence.Placeholder} keeps capabilities in its bounding set: {ShortList.Join(excess)}.",
                $"{FailureSentence.Placeholder} keep capabilities in their bounding sets: {ShortList.Join(excess)}.",
                FailureCause.SecurityContext);
    }

    /// <summary>A container must drop all capabilities and add none but those of the profile.</summary>
    /// <param name="container">A container as admitted.</param>
    /// <param name="allowed">Capabilities that the profile allows.</param>
    public static IEnumerable<Judgement> JudgeDeclaredCapabilities(V1Container container, IReadOnlyList<string> allowed)
    {
        yield return Judgement.Of(
            $"dropped capabilities of container {container.Name}", container.DropsAllCapabilities(), "ALL",
            container.SecurityContext?.Capabilities?.Drop is { Count: > 0 } dropped ? string.Join(", ", dropped) : "none")
            .Saying($"Container {container.Name} does not drop all capabilities.", FailureCause.SecurityContext);
        yield return Judgement.None(
            "added capabilities of container "
                + $"{container.Name}{(allowed.Count == 0 ? string.Empty : $" beside {string.Join(", ", allowed)}")}",
            container.ListAddedCapabilities().Except(allowed, StringComparer.OrdinalIgnoreCase))
            .Saying(found => $"Container {container.Name} adds capabilities: {found}.", FailureCause.SecurityContext);
    }

    /// <summary>A seccomp profile must be declared; without one the node decides, and admission rejects the pod.</summary>
    public static Judgement JudgeDeclaredSeccomp(V1Pod pod, V1Container container) => Judgement.Of(
        $"declared seccomp profile of container {container.Name}", pod.DescribeSeccompProfile(container)
            is "RuntimeDefault" or "Localhost", "RuntimeDefault or Localhost", pod.DescribeSeccompProfile(container))
        .Saying(
            profile => profile == "none"
                ? $"Container {container.Name} has no seccomp profile."
                : $"Container {container.Name} has the seccomp profile {profile}; it must be RuntimeDefault or Localhost.",
            FailureCause.SecurityContext);

    /// <summary>No container should be declared to be confined less than the runtime does by itself.</summary>
    /// <param name="pod">The pod as admitted.</param>
    public static Judgement JudgeDeclaredModule(V1Pod pod)
    {
        var loose = pod.ListAllContainers().SelectMany(container => ListLooseModules(pod, container))
            .Concat((pod.Metadata.Annotations ?? new Dictionary<string, string>())
                .Where(annotation =>
                    annotation.Key.StartsWith(AppArmorAnnotation, StringComparison.Ordinal) && annotation.Value == "unconfined")
                .Select(annotation => $"AppArmor unconfined ({annotation.Key[AppArmorAnnotation.Length..]}, by annotation)"));
        return Judgement.None("containers that AppArmor or SELinux is told not to confine", loose.Distinct())
            .Saying(found => $"AppArmor or SELinux does not confine containers: {found}.", FailureCause.SecurityContext)
            .AsRecommendation();
    }

    private static IEnumerable<string> ListLooseModules(V1Pod pod, V1Container container)
    {
        if ((container.SecurityContext?.AppArmorProfile ?? pod.Spec.SecurityContext?.AppArmorProfile)?.Type == "Unconfined")
        {
            yield return $"AppArmor Unconfined ({container.Name})";
        }

        // Pod Security Standards (baseline) leave user and role to the runtime.
        var options = container.SecurityContext?.SeLinuxOptions ?? pod.Spec.SecurityContext?.SeLinuxOptions;
        var type = ContainerTypes.Contains(options?.Type) ? null : options?.Type;
        foreach (var (name, value) in new[] { ("type", type), ("user", options?.User), ("role", options?.Role) }.Where(
            part => part.Item2 is { Length: > 0 }))
        {
            yield return $"SELinux {name} {value} ({container.Name})";
        }
    }

    /// <summary>A seccomp filter must be in effect.</summary>
    public static Judgement JudgeActiveSeccomp(ProcessFacts process)
    {
        var fact = $"seccomp mode of {process.DescribeLabel()}";
        const string Expected = "2 (filter) with at least one filter";
        return process.Seccomp is { } mode
            ? Judgement.Of(
                fact,
                mode == 2 && process.SeccompFilters is not 0,
                Expected,
                $"{mode} with {process.SeccompFilters?.ToString() ?? "an unknown number of"} filters")
                .SayingOf(
                    process.DescribeLabel(),
                    "No seccomp filter is active for {who}.",
                    "No seccomp filter is active for {who}.",
                    FailureCause.SecurityContext)
            : Judgement.Unknown(fact, Expected, Off);
    }

    /// <summary>AppArmor or SELinux should confine the process, and not only complain about it.</summary>
    public static Judgement JudgeSecurityModule(ProcessFacts process)
    {
        var fact = $"AppArmor or SELinux label of {process.DescribeLabel()}";
        return process.SecurityLabel is { Length: > 0 } label
            ? Judgement.Of(fact, Confines(label), "a label that confines", label)
                .SayingOf(
                    process.DescribeLabel(),
                    $"The AppArmor or SELinux label of {FailureSentence.Placeholder} does not confine it: {label.TrimEnd('\0', '\n')}.",
                    $"The AppArmor or SELinux labels of {FailureSentence.Placeholder} do not confine them: {label.TrimEnd('\0', '\n')}.")
                .AsRecommendation()
            : Judgement.Irrelevant(fact, "the node's kernel has neither");
    }

    // AppArmor writes "profile (mode)", and only enforce and kill confine; SELinux writes user:role:type:level; the types of containers
    // confine, and those that udica makes for one of them.
    private static bool Confines(string label) => label.TrimEnd('\0', '\n') switch
    {
        "unconfined" or "kernel" => false,
        [.., ')'] modal => modal.EndsWith(" (enforce)", StringComparison.Ordinal) || modal.EndsWith(" (kill)", StringComparison.Ordinal),
        var context => context.Split(':') is [_, _, var type, ..]
            && (ContainerTypes.Contains(type) || type == "svirt_lxc_net_t" || type.EndsWith(".process", StringComparison.Ordinal)),
    };
}
