using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>A control is mended only when the change mends every fact of it that failed.</summary>
public sealed class FixClaimsTests
{
    private const string Plain = "server: {}\n";
    private const string Commented = "server:\n  standalone:\n    config: |\n      # tls_disable = 1\n      listener \"tcp\" {\n        address = \"[::]:8200\"\n        tls_disable = 1\n      }\n";
    private const string OtherFile = "global: {tlsDisable: false}\nserver:\n  volumes:\n  - {name: vault-tls, secret: {secretName: vault-tls}}\n  volumeMounts:\n  - {name: vault-tls, mountPath: /vault/userconfig/vault-tls, readOnly: true}\n  standalone:\n    config: |\n      ui = true\n      listener \"tcp\" {\n        address = \"[::]:8200\"\n        tls_cert_file = \"/tmp/tls.crt\"\n        tls_key_file = \"/vault/userconfig/vault-tls/tls.key\"\n      }\n      storage \"file\" { path = \"/vault/data\" }\n";
    private const string Sidecar = "server:\n  extraContainers:\n  - {name: shipper, image: a/b}\n  extraInitContainers:\n  - {name: prepare, image: a/b, securityContext: {seccompProfile: {type: Unconfined}}}\n";
    private const string Volumes = "server:\n  volumes:\n  - {name: audit, hostPath: {path: /var/log/vault}}\n  - {name: scratch, emptyDir: {}}\n  volumeMounts:\n  - {name: audit, mountPath: /var/log/vault}\n  - {name: scratch, mountPath: /scratch}\n";

    [TestCase(Plain, "FS-1", "vault-0", "readOnlyRootFilesystem of container vault", "not true")]
    [TestCase(Plain, "FS-1", "vault-0", "mount of /", "writable (overlay)")]
    [TestCase("server: {statefulSet: {securityContext: {container: {readOnlyRootFilesystem: true}}}}\n", "FS-2", "vault-0", "directories that Vault can write", "also /vault, /vault/logs")]
    [TestCase(Plain, "FS-2", "vault-0", "writable mount /vault/logs, not on the allow-list", "written")]
    [TestCase(Plain, "ID-4", "vault-0", "bounding capabilities of sh (PID 1)", "CHOWN")]
    [TestCase(Plain, "ID-5", "vault-0", "seccomp mode of vault (PID 11)", "0 with 0 filters")]
    [TestCase(Sidecar, "ID-5", "vault-0", "declared seccomp profile of container shipper", "none")]
    [TestCase("server: {hostNetwork: true}\n", "ID-6", "vault-0", "sharing with the host", "hostNetwork")]
    [TestCase(Plain, "MEM-4", "vault-0", "memory of container vault", "request none, limit none")]
    [TestCase(Plain, "HA-5", "release", "client Services that lead to servers that are not ready", "vault, vault-active, vault-standby")]
    [TestCase("ui: {enabled: true}\n", "HA-5", "release", "client Services that lead to servers that are not ready", "vault, vault-ui")]
    [TestCase("server: {logLevel: trace}\n", "API-7", "vault-0", "log level in VAULT_LOG_LEVEL", "trace")]
    [TestCase("server: {resources: {limits: {ephemeral-storage: 10Mi}}}\n", "ID-8", "vault-0", "limit of ephemeral storage", "10485760 bytes")]
    [TestCase(Plain, "TLS-1", "service/vault-internal:8200", "answer to plaintext", "'HTTP/1.1 200 OK")]
    [TestCase(Commented, "TLS-1", "service/vault-internal:8200", "answer to plaintext", "'HTTP/1.1 200 OK")]
    [TestCase(Plain, "TLS-1", "vault-0", "addresses in the environment that are not https", "VAULT_ADDR=http://127.0.0.1:8200, VAULT_API_ADDR=http://$(POD_IP):8200")]
    [TestCase(Plain, "TLS-1", "vault-0", "TLS of listener [::]:8200", "off (tls_disable)")]
    public void What_the_change_mends_is_claimed(string values, string control, string subject, string fact, string actual) =>
        Assert.That(Plan(values, control, subject, fact, actual).Mended.Select(mended => mended.Id.ToString()), Is.EqualTo(new[] { control }));

    [TestCase(Sidecar, "FS-1", "vault-0", "readOnlyRootFilesystem of container shipper", "not true")]
    [TestCase(Sidecar, "FS-1", "vault-0/shipper", "mount of /", "writable (overlay)")]
    [TestCase(Sidecar, "ID-3", "vault-0", "allowPrivilegeEscalation of container prepare", "not set")]
    [TestCase(Sidecar, "ID-4", "vault-0", "dropped capabilities of container shipper", "none")]
    [TestCase(Sidecar, "ID-4", "vault-0/shipper", "bounding capabilities of sh (PID 1)", "CHOWN")]
    [TestCase(Sidecar, "ID-5", "vault-0", "declared seccomp profile of container prepare", "Unconfined")]
    [TestCase(Sidecar, "ID-5", "vault-0", "declared seccomp profile of container injected", "none")]
    [TestCase(Sidecar, "MEM-4", "vault-0", "memory of container shipper", "request none, limit none")]
    [TestCase(Plain, "ID-1", "vault-0", "declared user of container prepare", "runAsUser 0")]
    [TestCase("server: {resources: {limits: {ephemeral-storage: 10Mi}}, extraContainers: [{name: a, resources: {limits: {ephemeral-storage: 1Mi}}}]}\n", "ID-8", "vault-0", "limit of ephemeral storage", "11534336 bytes")]
    [TestCase("server: {resources: {limits: {ephemeral-storage: 10Mi}}}\n", "ID-8", "vault-0", "open files of vault (PID 7)", "1024")]
    [TestCase(Plain, "HA-5", "release", "client Services that lead to servers that are not ready", "vault, shop")]
    [TestCase(Plain, "HA-5", "release", "client Services that lead to servers that are not ready", "vault, vault-ui")]
    [TestCase(Plain, "HA-5", "vault-0", "readiness probe", "none")]
    [TestCase("server: {logLevel: warn, extraEnvironmentVars: {VAULT_LOG_LEVEL: trace}}\n", "API-7", "vault-0", "log level in VAULT_LOG_LEVEL", "trace")]
    [TestCase(Volumes, "FS-2", "vault-0", "sizeLimit of emptyDir scratch", "none")]
    [TestCase(Volumes, "FS-2", "vault-0", "directories that Vault can write", "also /vault/logs, /var/log/vault")]
    [TestCase("server: {hostNetwork: true}\n", "ID-6", "vault-0", "sharing with the host", "hostNetwork, hostPath /var/log/vault (volume audit)")]
    [TestCase("server: {hostNetwork: true}\n", "ID-6", "daemonset/spy", "sharing with the host", "hostNetwork")]
    [TestCase(Plain, "TLS-1", "vault-0", "answer of port 9102 to plaintext", "'HTTP/1.1 200 OK")]
    [TestCase(Plain, "TLS-1", "vault-0", "container ports that are named after plaintext", "http (8200), http-metrics (9102)")]
    [TestCase(Plain, "TLS-1", "vault-0", "addresses in the environment that are not https", "VAULT_ADDR=http://127.0.0.1:8200, MINE=http://x")]
    [TestCase("server: {shareProcessNamespace: true, extraContainers: [{name: a}]}\n", "ID-4", "vault-0", "bounding capabilities of sh (PID 9)", "CHOWN")]
    public void What_another_container_or_object_does_is_not_claimed(string values, string control, string subject, string fact, string actual)
    {
        var fix = Plan(values, control, subject, fact, actual);

        Assert.That(fix.Mended, Is.Empty);
        Assert.That(fix.Rest.Single().Reason, Does.Contain(fact).And.Not.Contain("already say"));
    }

    [Test]
    public void One_fact_that_stays_keeps_the_control_from_being_mended()
    {
        var fix = FixSamples.PlanFindings(Sidecar, "ID-4", ("vault-0", "dropped capabilities of container vault", "none"), ("vault-0", "dropped capabilities of container shipper", "none"));

        Assert.That(fix.Text, Does.Contain("drop: [ALL]"));
        Assert.That((fix.Mended.Count, fix.Rest.Single().Kind), Is.EqualTo((0, MendedBy.Decision)));
        Assert.That(fix.Rest.Single().Reason, Does.StartWith("The change mends a part of it. It leaves: dropped capabilities of container shipper of vault-0 (none). Another container"));
    }

    [Test]
    public void An_Ingress_that_ends_tls_is_not_mended_with_the_listener()
    {
        var tls = FixSamples.PlanFindings(Plain, "TLS-1", ("vault-0", "TLS of listener [::]:8200", "off (tls_disable)"));
        Assert.That(tls.Mended, Is.Not.Empty);

        var both = FixSamples.PlanResults(Plain, [Fail("TLS-1", "vault-0", "TLS of listener [::]:8200", "off"), Fail("TLS-6", "ingress/vault", "TLS of the Ingress", "ended by the controller"), Fail("TLS-3", "vault-0", "certificate on the API port", "none, plaintext is spoken")]);

        Assert.That(both.Mended.Select(mended => (mended.Id.ToString(), mended.After?.ToString())), Is.EqualTo(new[] { ("TLS-1", null), ("TLS-3", "TLS-1") }));
        Assert.That(both.Rest.Single().Reason, Does.Contain("It leaves: TLS of the Ingress of ingress/vault"));
    }

    [Test]
    public void A_server_that_gets_the_mounted_certificate_can_reload_it()
    {
        var reload = Fail("PROC-4", "vault-0", "certificate after SIGHUP (SHA-256)", "the old one") with
        {
            Findings =
            [
                new Finding("vault-0", "certificate after SIGHUP (SHA-256)", "the new one", "the old one", Outcome.Failed),
                new Finding("vault-0", "mounted certificate", "replaced in time", "never replaced", Outcome.Failed),
                new Finding("vault-0", "reload line in the server's log", "present", "absent", Outcome.Failed),
            ],
        };
        var certificate = Fail("TLS-5", "vault-0", "certificate in the file of the listener on port 8200", "another");

        var both = FixSamples.PlanResults(OtherFile, [certificate, reload]);
        var alone = FixSamples.PlanResults(OtherFile, [Fail("API-7", "vault-0", "user interface", "served"), reload]);

        Assert.That(both.Mended.Select(mended => mended.Id.ToString()), Is.EquivalentTo(new[] { "TLS-5", "PROC-4" }), both.Text);
        Assert.That(alone.Mended.Select(mended => mended.Id.ToString()), Does.Not.Contain("PROC-4"));
    }

    [TestCase("vault-0", "securityContext.allowPrivilegeEscalation of container vault", "not set", true)]
    [TestCase("statefulset/vault", "securityContext.capabilities.drop of container vault", "not set", true)]
    [TestCase("vault-0", "securityContext.capabilities.drop of container shipper", "not set", false)]
    [TestCase("vault-agent-injector-7d9", "securityContext.allowPrivilegeEscalation of container vault", "not set", false)]
    [TestCase("vault-0", "securityContext.seccompProfile.type", "Unconfined", false)]
    [TestCase("vault-0", "volume audit", "hostPath", false)]
    [TestCase("namespace", "level that the namespace enforces", "none", false)]
    public void What_Pod_Security_refuses_is_mended_with_what_else_fails_by_it(string subject, string fact, string actual, bool isMended)
    {
        var both = FixSamples.PlanResults(Plain, [Fail("ID-3", "vault-0", "allowPrivilegeEscalation of container vault", "not set"), Fail("K8S-1", subject, fact, actual)]);
        var alone = FixSamples.PlanResults(Plain, [Fail("K8S-1", subject, fact, actual)]);

        Assert.That(both.Mended.Select(mended => $"{mended.Id} {mended.After}"), Is.EqualTo(isMended ? new[] { "ID-3 ", "K8S-1 ID-3" } : ["ID-3 "]));
        Assert.That(alone.Mended, Is.Empty);
    }

    [Test]
    public void What_the_values_bring_themselves_is_not_called_already_said() => Assert.That(
        Plan("server: {statefulSet: {securityContext: {container: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}}}}\n", "ID-3", "vault-0", "allowPrivilegeEscalation of container proxy", "not set").Rest.Single().Reason,
        Does.StartWith("Values do not mend: allowPrivilegeEscalation of container proxy of vault-0 (not set)."));

    private static RunFix Plan(string values, string control, string subject, string fact, string actual) => FixSamples.PlanFindings(values, control, (subject, fact, actual));

    private static ControlResult Fail(string control, string subject, string fact, string actual) => new(
        ControlCatalogue.BuiltIn.Controls.Single(candidate => candidate.Id.ToString() == control), Requirement.Must, null, Outcome.Failed, "made up",
        [new Finding(subject, fact, "something else", actual, Outcome.Failed)], TimeSpan.Zero);
}
