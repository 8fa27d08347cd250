using VaultConformance.Judging.PodSecurity;
using k8s;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Judging;

/// <summary>Forty pods and more, and what the standard says of each. The answers are those of the API server's own checks.</summary>
public sealed class RestrictedStandardTests
{
    private const string Good = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
    private const string Pod = "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}";

    // What is good.
    [TestCase(Pod, Good, "", "", "")]
    [TestCase(Pod, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}", "", "", "")]
    [TestCase("seccompProfile: {type: Localhost, localhostProfile: a.json}, runAsNonRoot: true", Good, "", "", "")]
    [TestCase("seccompProfile: {type: RuntimeDefault}", Good + ", runAsNonRoot: true", "", "", "")]
    [TestCase("runAsNonRoot: true", Good + ", seccompProfile: {type: RuntimeDefault}", "", "", "")]
    [TestCase(Pod + ", runAsUser: 100", Good, "", "", "")]
    [TestCase(Pod + ", sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]", Good, "", "", "")]
    [TestCase(Pod + ", seLinuxOptions: {type: container_t, level: 's0:c1'}", Good, "", "", "")]
    [TestCase(Pod + ", appArmorProfile: {type: RuntimeDefault}", Good, "", "", "")]
    [TestCase(Pod, Good + ", procMount: Default", "", "", "")]
    [TestCase(Pod, Good, "ports: [{containerPort: 8200}]", "", "")]
    [TestCase(Pod, Good, "readinessProbe: {httpGet: {path: /, port: 8200}}", "", "")]
    [TestCase(Pod, Good, "", "volumes: [{name: a, emptyDir: {}}, {name: b, secret: {secretName: s}}, {name: c, persistentVolumeClaim: {claimName: c}}, {name: d, projected: {sources: []}}]", "")]
    [TestCase(Pod, Good, "", "volumes: [{name: a, csi: {driver: d}}, {name: b, configMap: {name: m}}, {name: c, downwardAPI: {}}, {name: d, ephemeral: {}}]", "")]
    [TestCase("runAsNonRoot: true", "runAsNonRoot: true", "", "os: {name: windows}", "")]

    // What is not.
    [TestCase("", "", "", "", "allowPrivilegeEscalation != false|runAsNonRoot != true|seccompProfile|unrestricted capabilities")]
    [TestCase(Pod, "capabilities: {drop: [ALL]}", "", "", "allowPrivilegeEscalation != false")]
    [TestCase(Pod, "allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}", "", "", "allowPrivilegeEscalation != false")]
    [TestCase(Pod, "allowPrivilegeEscalation: false", "", "", "unrestricted capabilities")]
    [TestCase(Pod, "allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}", "", "", "unrestricted capabilities")]
    [TestCase(Pod, "allowPrivilegeEscalation: false, capabilities: {drop: [all]}", "", "", "unrestricted capabilities")]
    [TestCase(Pod, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [IPC_LOCK]}", "", "", "unrestricted capabilities")]
    [TestCase("seccompProfile: {type: RuntimeDefault}", Good, "", "", "runAsNonRoot != true")]
    [TestCase("runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}", Good + ", runAsNonRoot: true", "", "", "runAsNonRoot != true")]
    [TestCase(Pod, Good + ", runAsNonRoot: false", "", "", "runAsNonRoot != true")]
    [TestCase(Pod + ", runAsUser: 0", Good, "", "", "runAsUser=0")]
    [TestCase(Pod, Good + ", runAsUser: 0", "", "", "runAsUser=0")]
    [TestCase("runAsNonRoot: true", Good, "", "", "seccompProfile")]
    [TestCase(Pod, Good + ", seccompProfile: {type: Unconfined}", "", "", "seccompProfile")]
    [TestCase("runAsNonRoot: true, seccompProfile: {type: Unconfined}", Good + ", seccompProfile: {type: RuntimeDefault}", "", "", "seccompProfile")]
    [TestCase(Pod, Good + ", privileged: true", "", "", "privileged")]
    [TestCase(Pod, Good + ", procMount: Unmasked", "", "", "procMount")]
    [TestCase(Pod, Good, "", "hostNetwork: true", "host namespaces")]
    [TestCase(Pod, Good, "", "hostPID: true", "host namespaces")]
    [TestCase(Pod, Good, "ports: [{containerPort: 8200, hostPort: 8200}]", "", "hostPort")]
    [TestCase(Pod + ", sysctls: [{name: kernel.msgmax, value: '1'}]", Good, "", "", "forbidden sysctls")]
    [TestCase(Pod + ", seLinuxOptions: {type: spc_t}", Good, "", "", "seLinuxOptions")]
    [TestCase(Pod, Good + ", seLinuxOptions: {user: root}", "", "", "seLinuxOptions")]
    [TestCase(Pod + ", appArmorProfile: {type: Unconfined}", Good, "", "", "forbidden AppArmor profile")]
    [TestCase(Pod, Good, "livenessProbe: {tcpSocket: {host: 169.254.169.254, port: 80}}", "", "probe or lifecycle host")]
    [TestCase(Pod, Good, "lifecycle: {preStop: {httpGet: {host: example.com, path: /, port: 80}}}", "", "probe or lifecycle host")]
    [TestCase(Pod, Good, "", "volumes: [{name: a, hostPath: {path: /}}]", "restricted volume types")]
    [TestCase(Pod, Good, "", "volumes: [{name: a, nfs: {server: s, path: /}}]", "restricted volume types")]
    [TestCase(Pod, Good, "", "initContainers: [{name: i, image: i}]", "allowPrivilegeEscalation != false|unrestricted capabilities")]
    [TestCase(Pod, Good, "", "ephemeralContainers: [{name: e, image: e, securityContext: {" + Good + ", privileged: true}}]", "privileged")]
    public void A_pod_is_judged_as_the_standard_says(string pod, string container, string more, string specification, string violations)
    {

        Assert.That(ListRules(Make(pod, container, more, specification), "v1.34.1+k3s1"), Is.EqualTo(violations));
    }

    [TestCase("runtime/default", "")]
    [TestCase("localhost/mine", "")]
    [TestCase("unconfined", "forbidden AppArmor profile")]
    public void An_annotation_names_a_profile_too(string profile, string violations)
    {
        var pod = KubernetesYaml.Deserialize<V1Pod>($"metadata:\n  name: p\n  annotations: {{container.apparmor.security.beta.kubernetes.io/c: {profile}}}\nspec:\n  securityContext: {{{Pod}}}\n  containers: [{{name: c, image: i, securityContext: {{{Good}}}}}]\n");

        Assert.That(ListRules(pod, "v1.34.1"), Is.EqualTo(violations));
    }

    // What a version allows or forbids, and the one before it does not.
    [TestCase("v1.26", "v1.27", Pod + ", sysctls: [{name: net.ipv4.ip_local_reserved_ports, value: '1'}]", Good, "", "", "forbidden sysctls", "")]
    [TestCase("v1.28", "v1.29", Pod + ", sysctls: [{name: net.ipv4.tcp_keepalive_time, value: '1'}]", Good, "", "", "forbidden sysctls", "")]
    [TestCase("v1.31", "v1.32", Pod + ", sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]", Good, "", "", "forbidden sysctls", "")]
    [TestCase("v1.36", "v1.37", Pod + ", sysctls: [{name: net.ipv4.tcp_notsent_lowat, value: '1'}]", Good, "", "", "forbidden sysctls", "")]
    [TestCase("v1.30", "v1.31", Pod + ", seLinuxOptions: {type: container_engine_t}", Good, "", "", "seLinuxOptions", "")]
    [TestCase("v1.32", "v1.33", Pod, Good, "", "volumes: [{name: a, image: {reference: a/b}}]", "restricted volume types", "")]
    [TestCase("v1.33", "v1.34", Pod, Good, "startupProbe: {httpGet: {host: example.com, path: /, port: 80}}", "", "", "probe or lifecycle host")]
    [TestCase("v1.34", "v1.35", "seccompProfile: {type: RuntimeDefault}, runAsUser: 0", Good, "", "hostUsers: false", "runAsNonRoot != true|runAsUser=0", "")]
    [TestCase("v1.34", "v1.35", Pod, Good + ", procMount: Unmasked", "", "hostUsers: false", "procMount", "procMount")]
    [TestCase("v1.37", "v1.99", Pod + ", sysctls: [{name: kernel.msgmax, value: '1'}]", Good, "", "", "forbidden sysctls", "forbidden sysctls")]
    public void The_standard_changes_with_the_version(string before, string since, string pod, string container, string more, string specification, string old, string now)
    {
        var made = Make(pod, container, more, specification);

        Assert.That((ListRules(made, before), ListRules(made, since)), Is.EqualTo((old, now)));
    }

    [Test]
    public void Without_a_version_only_what_every_version_refuses_is_certain()
    {
        var made = Make("seccompProfile: {type: RuntimeDefault}", Good, "livenessProbe: {tcpSocket: {host: example.com, port: 80}}", "hostPID: true, hostUsers: false");

        var (certain, open) = RestrictedStandard.Of(null).Judge(made);

        Assert.That(certain.Select(violation => violation.Fact), Is.EqualTo(new[] { "hostPID" }));
        Assert.That(open.Select(violation => violation.Rule), Is.EquivalentTo(new[] { "probe or lifecycle host", "runAsNonRoot != true" }));
    }

    [Test]
    public void A_kind_of_volume_that_nobody_knows_is_open()
    {
        var (certain, open) = RestrictedStandard.Of("v1.34.1").Judge(Make(Pod, Good, "", "volumes: [{name: a}]"));

        Assert.That((certain.Count, open.Single().Fact), Is.EqualTo((0, "volume a")));
    }

    [Test]
    public void Each_violation_names_its_container_and_its_field()
    {
        var made = Make(Pod, Good, "", "initContainers: [{name: n, image: i, restartPolicy: Always, securityContext: {allowPrivilegeEscalation: true, capabilities: {drop: [ALL], add: [SYS_PTRACE, NET_BIND_SERVICE]}}}]");

        var (certain, _) = RestrictedStandard.Of("v1.34.1").Judge(made);

        Assert.That(certain.Select(violation => $"{violation.Fact}: {violation.Actual} ({violation.Expected})"), Is.EqualTo(new[]
        {
            "securityContext.allowPrivilegeEscalation of container n: true (false)", "securityContext.capabilities.add of container n: SYS_PTRACE (at most NET_BIND_SERVICE)",
        }));
    }

    private static V1Pod Make(string pod, string container, string more, string specification) => KubernetesYaml.Deserialize<V1Pod>(Write(pod, container, more, specification));

    private static string Write(string pod, string container, string more, string specification) =>
        $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n{string.Concat(Split(specification).Select(line => $"  {line}\n"))}  securityContext: {{{pod}}}\n  containers:\n  - name: c\n    image: i\n    securityContext: {{{container}}}\n    {more}\n";

    // Several members of the specification stand behind commas that are in no list.
    private static string[] Split(string specification) => specification.Contains('[', StringComparison.Ordinal) ? [specification] : specification.Split(", ");

    private static string ListRules(V1Pod pod, string version)
    {
        var (certain, open) = RestrictedStandard.Of(version).Judge(pod);
        return string.Join('|', certain.Concat(open).Select(violation => violation.Rule).Distinct().Order(StringComparer.Ordinal));
    }
}
