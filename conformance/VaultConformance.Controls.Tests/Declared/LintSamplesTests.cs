using VaultConformance.Harness;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>Values as people have them: what fails is what they declare.</summary>
public sealed class LintSamplesTests
{
    private const string Tls = "tls_cert_file = \"/t/tls.crt\", tls_key_file = \"/t/tls.key\"";

    private LintLab _lab = null!;

    [OneTimeSetUp]
    public async Task Open() => _lab = await LintLab.OpenAsync();

    [OneTimeTearDown]
    public void Close() => _lab?.Dispose();

    [TestCase("server: {dev: {enabled: true}}", "API-6 HA-4 TLS-1")]
    [TestCase("server: {statefulSet: {securityContext: {container: {privileged: true}}}}", "ID-3 ID-4 ID-6")]
    [TestCase("server: {statefulSet: {securityContext: {pod: {runAsUser: 0, runAsGroup: 0, fsGroup: 0}}}}", "ID-1 ID-2")]
    [TestCase("server: {statefulSet: {securityContext: {pod: {runAsNonRoot: false}}}}", "ID-2")]
    [TestCase("server: {extraEnvironmentVars: {AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY}}", "FS-5")]
    [TestCase("server: {hostNetwork: true}", "ID-6")]
    [TestCase("server: {updateStrategyType: RollingUpdate}", "UPG-1")]
    [TestCase("server: {service: {type: LoadBalancer}}", "TLS-7")]
    [TestCase("server: {extraEnvironmentVars: {VAULT_SKIP_VERIFY: \"true\"}}", "TLS-7")]
    [TestCase("server: {shareProcessNamespace: true}", "PROC-5")]
    [TestCase("server: {logLevel: trace}", "API-7")]
    [TestCase("server: {dataStorage: {enabled: false}, ha: {enabled: true, raft: {enabled: true}}}", "HA-4")]
    [TestCase("server: {terminationGracePeriodSeconds: 10, preStopSleepSeconds: 20}", "PROC-3")]
    [TestCase("server: {volumes: [{name: h, hostPath: {path: /x}}], volumeMounts: [{name: h, mountPath: /y}]}", "ID-6")]
    [TestCase("server: {image: {tag: 1.13.1}}", "API-8")]
    [TestCase("server: {extraContainers: [{name: side, image: x}]}", "FS-1 ID-3 ID-4 PROC-5 MEM-4")]
    [TestCase("server: {statefulSet: {securityContext: {container: {allowPrivilegeEscalation: false, capabilities: {drop: [all]}}}}}", "K8S-1")]
    [TestCase("server: {statefulSet: {securityContext: {pod: {seccompProfile: {type: Unconfined}}}}}", "ID-5 K8S-1")]
    [TestCase("server: {extraInitContainers: [{name: once, image: x, securityContext: {runAsUser: 0}}]}", "K8S-1")]
    [TestCase("server: {postStart: [/bin/sh, -c, \"vault operator init > /vault/data/keys\"]}", "FS-6")]
    public async Task Values_that_declare_a_violation_are_found(string values, string controls) =>
        Assert.That((await _lab.JudgeTextAsync(values)).FailedIds, Is.SupersetOf(controls.Split(' ')));

    [TestCase("tls_disable = 1", "", "TLS-1")]
    [TestCase("tls_disable = \"true\"", "", "TLS-1")]
    [TestCase(Tls + ", tls_min_version = \"tls10\"", "", "TLS-2")]
    [TestCase(Tls + ", tls_cipher_suites = \"TLS_RSA_WITH_AES_128_CBC_SHA,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"", "", "TLS-2")]
    [TestCase(Tls + ", tls_cipher_suites = \"TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA\"", "", "TLS-2")]
    [TestCase(Tls + ", telemetry = { unauthenticated_metrics_access = true }", "", "API-6")]
    [TestCase(Tls + ", x_forwarded_for_client_cert_header = \"X-Cert\"", "", "TLS-6")]
    [TestCase(Tls, "disable_mlock = true\ndisable_mlock = false", "MEM-2 UPG-7")]
    [TestCase(Tls, "raw_storage_endpoint = true", "API-6")]
    [TestCase(Tls, "ui = true", "API-7")]
    [TestCase(Tls, "log_level = \"debug\"", "API-7")]
    [TestCase(Tls, "enable_post_unseal_trace = true", "CORE-4")]
    [TestCase(Tls, "user_lockout \"all\" { disable_lockout = \"true\" }", "API-8")]
    [TestCase(Tls, "api_addr = \"http://vault:8200\"", "TLS-1")]
    [TestCase(Tls, "seal \"transit\" { address = \"https://t:8200\", tls_skip_verify = true, key_name = \"k\", mount_path = \"t/\" }", "TLS-7")]
    public async Task A_configuration_that_declares_a_violation_is_found(string listener, string more, string controls) =>
        Assert.That((await _lab.JudgeTextAsync(Configure(listener, more))).FailedIds, Is.SupersetOf(controls.Split(' ')));

    [TestCase("server: {logLevel: info}", "API-8 HA-4 ID-1 ID-2 MEM-2 PROC-3 PROC-4 PROC-5 TLS-2 TLS-6 UPG-1 UPG-6 UPG-7 FS-5 FS-6 ID-6 K8S-3 CORE-1 CORE-2 CORE-3")]
    [TestCase("server: {resources: {requests: {memory: 268435456, cpu: 1}, limits: {memory: 268435456, cpu: 1}}}", "MEM-4 ID-8")]
    [TestCase("server: {resources: {limits: {memory: 256Mi}}}", "MEM-4")]
    [TestCase("server: {extraEnvironmentVars: {VAULT_LOG_FORMAT: json}}", "FS-5 TLS-7")]
    [TestCase("server: {image: {repository: quay.io/openbao/openbao, tag: 2.4.1}}", "API-8 UPG-6 MEM-2")]
    public async Task What_is_left_to_cluster_and_image_is_no_failure(string values, string controls) =>
        Assert.That((await _lab.JudgeTextAsync(values)).FailedIds.Intersect(controls.Split(' ')), Is.Empty);

    [TestCase(0)]
    [TestCase(100_000_000)]
    public async Task A_template_is_judged_however_many_pods_it_makes(int replicas) => Assert.That(
        (await _lab.JudgeTextAsync($"server: {{ha: {{enabled: true, replicas: {replicas}, raft: {{enabled: true}}}}}}")).FailedIds, Is.SupersetOf(new[] { "FS-1", "ID-4", "ID-5", "TLS-1" }));

    [Test]
    public void Fewer_pods_than_none_are_refused() => Assert.That(
        async () => await _lab.JudgeTextAsync("server: {ha: {enabled: true, replicas: -1, raft: {enabled: true}}}"),
        Throws.InstanceOf<HarnessException>().With.Message.Contains("with -1 replicas, which Kubernetes refuses"));

    [TestCase("listener \"tcp\" { tls_disable = 1 }", "names no storage")]
    [TestCase("storage \"file\" { path = \"/vault/data\" }\nstorage \"raft\" { path = \"/vault/data\" }", "Only one storage is permitted")]
    [TestCase("storage \"file\" { path = \"/vault/data\" }\nlistener \"http\" {}", "a listener of type http")]
    [TestCase("storage \"file\" {\n  path = \"/vault/data\"\n", "cannot be read, and no server starts with it: line 3")]
    [TestCase("{\"storage\": {\"file\": {\"path\": \"/vault/data\"}}, \"listener\": [{\"tcp\": {}}, {\"udp\": {}}]}", "a listener of type udp")]
    public async Task A_configuration_with_which_no_server_starts_is_found(string config, string saying) => Assert.That(
        (await _lab.JudgeTextAsync($"server: {{standalone: {{config: {System.Text.Json.JsonSerializer.Serialize(config)}}}}}")).Of("UPG-6").Summary, Does.Contain(saying));

    [TestCase("storage \"file\" { path = \"/vault/data\" }\nlistener \"TCP\" { tls_disable = 1 }\nlistener \"unix\" { address = \"/run/v.sock\" }")]
    [TestCase("backend \"file\" { path = \"/vault/data\" }\nlistener { type = \"tcp\" }")]
    [TestCase("{\"storage\": {\"file\": {\"path\": \"/vault/data\"}}, \"listener\": {\"tcp\": {}}}")]
    public async Task A_configuration_with_which_servers_start_is_no_failure(string config) => Assert.That(
        (await _lab.JudgeTextAsync($"server: {{standalone: {{config: {System.Text.Json.JsonSerializer.Serialize(config)}}}}}")).FailedIds, Does.Not.Contain("UPG-6"));

    [TestCase("livenessProbe: {enabled: true, path: /v1/sys/health}")]
    [TestCase("readinessProbe: {enabled: true, path: '/v1/sys/health?uninitcode=204'}")]
    [TestCase("readinessProbe: {enabled: false}")]
    public async Task A_probe_that_misjudges_servers_is_found(string probe) => Assert.That(
        (await _lab.JudgeTextAsync($"server: {{{probe}, service: {{publishNotReadyAddresses: false}}, ha: {{enabled: true, replicas: 3, raft: {{enabled: true}}}}}}")).FailedIds, Does.Contain("HA-5"));

    [TestCase("livenessProbe: {enabled: true, path: '/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204'}")]
    [TestCase("readinessProbe: {enabled: true, path: '/v1/sys/health?standbyok=true'}")]
    [TestCase("readinessProbe: {enabled: true}")]
    public async Task A_probe_that_is_right_is_no_failure(string probe) => Assert.That(
        (await _lab.JudgeTextAsync($"server: {{{probe}, service: {{publishNotReadyAddresses: false}}, ha: {{enabled: true, replicas: 3, raft: {{enabled: true}}}}}}")).FailedIds, Does.Not.Contain("HA-5"));

    [Test]
    public async Task What_the_admission_of_a_platform_fills_in_is_not_missed()
    {
        const string Values = "global: {openshift: true}";

        Assert.That((await _lab.JudgeTextAsync(Values)).FailedIds, Is.SupersetOf(new[] { "ID-2", "ID-3", "ID-4", "ID-5" }));
        Assert.That((await _lab.JudgeTextAsync(Values, "openshift")).FailedIds.Where(id => id.StartsWith("ID-", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Admission_completes_what_makes_pods_too()
    {
        const string Values = "injector: {enabled: true}\nserver: {statefulSet: {securityContext: {pod: {runAsNonRoot: true}}}}";

        Assert.That((await _lab.JudgeTextAsync(Values)).FailedIds, Does.Contain("K8S-1"));
        Assert.That((await _lab.JudgeTextAsync(Values, "openshift")).FailedIds, Does.Not.Contain("K8S-1"));
    }

    private static string Configure(string listener, string more) =>
        $"global: {{tlsDisable: false}}\nserver:\n  standalone:\n    config: |\n      {more.Replace("\n", "\n      ", StringComparison.Ordinal)}\n"
        + $"      listener \"tcp\" {{\n        address = \"[::]:8200\"\n        {listener.Replace(", ", "\n        ", StringComparison.Ordinal)}\n      }}\n"
        + "      storage \"file\" {\n        path = \"/vault/data\"\n      }\n";
}
