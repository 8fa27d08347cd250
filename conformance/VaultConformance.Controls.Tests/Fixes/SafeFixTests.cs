using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>What could break a release is refused and said apart.</summary>
public sealed class SafeFixTests
{
    private static readonly string[] Transport = ["TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-7"];

    private const string Joining = "global: {tlsDisable: true}\nserver:\n  ha:\n    enabled: true\n    raft:\n      enabled: true\n      config: |\n        listener \"tcp\" {\n          tls_disable = 1\n          address = \"[::]:8200\"\n        }\n        storage \"raft\" {\n          path = \"/vault/data\"\n          retry_join {\n            auto_join = \"provider=k8s namespace=vault\"\n            auto_join_scheme = \"http\"\n          }\n        }\n";
    private const string Shared = "server:\n  volumes:\n  - name: scratch\n    emptyDir: {}\n  volumeMounts:\n  - {name: scratch, mountPath: /tmp, subPath: tmp}\n  - {name: scratch, mountPath: /vault/logs, subPath: logs}\n  - {name: scratch, mountPath: /vault/plugins, subPath: plugins}\n";

    [TestCase("storage-at-image-paths", TestName = "Nothing is mounted where the chart mounts data and audit log")]
    [TestCase("storage-below-image-path", TestName = "Nothing is mounted above or at a volume of the user's")]
    [TestCase("parent-mount", TestName = "Nothing is mounted inside a volume of the user's")]
    [TestCase("written-paths", TestName = "Nothing read-only is mounted where the configuration writes")]
    public void No_read_only_mount_takes_the_place_of_storage(string name)
    {
        var fix = FixSamples.Plan(Read(name), "FS-1", "FS-2", "ID-2");

        Assert.That(fix.Text, Does.Not.Contain("mountPath: /vault/file, readOnly").And.Not.Contain("mountPath: /vault/logs, readOnly").And.Contain("{name: tmp, mountPath: /tmp}"));
    }

    [TestCase("server:\n  logLevel: info\n", true)]
    [TestCase("server:\n  authDelegator:\n    enabled: false\n", false)]
    public void A_right_that_goes_is_named_with_what_needs_it(string text, bool said) => Assert.That(
        FixSamples.Plan(text, "K8S-4", "FS-1").Needs.Any(need => need.Contains("server.authDelegator is switched off", StringComparison.Ordinal)), Is.EqualTo(said));

    [TestCase("{privileged: true, capabilities: {add: [SYS_ADMIN]}}", "{runAsNonRoot: true}", "ID-4", "container.privileged is true, and Kubernetes refuses that beside allowPrivilegeEscalation: false")]
    [TestCase("{allowPrivilegeEscalation: true}", "{runAsUser: 0}", "ID-1", null)]
    [TestCase("{runAsUser: 0}", "{runAsUser: 100}", "ID-4", null)]
    public void What_Kubernetes_refuses_beside_a_setting_that_stays_is_not_written(string container, string pod, string control, string? reason)
    {
        var fix = FixSamples.Plan($"server:\n  statefulSet:\n    securityContext:\n      container: {container}\n      pod: {pod}\n", control);

        Assert.That(fix.Rest.Select(rest => rest.Reason), reason is null ? Is.Empty : Has.Some.Contains(reason), fix.Text);
        if (reason is not null)
        {
            Assert.That(fix.Text ?? string.Empty, Does.Not.Contain("allowPrivilegeEscalation: false"));
        }
    }

    [TestCase("{type: Localhost, localhostProfile: profiles/vault.json}", "{type: Localhost, localhostProfile: profiles/vault.json}")]
    [TestCase("{type: Unconfined}", "{type: RuntimeDefault}")]
    public void A_seccomp_profile_of_the_nodes_own_stays(string given, string kept)
    {
        var fix = FixSamples.Plan($"server:\n  statefulSet:\n    securityContext:\n      pod:\n        seccompProfile: {given}\n", "ID-5", "ID-4");

        Assert.That(fix.Text, Does.Contain($"seccompProfile: {kept}"));
    }

    [TestCase("{create: false, name: default}", "the account 'default' is there already")]
    [TestCase("{create: false, name: made-elsewhere}", "the account 'made-elsewhere' is there already")]
    public void An_account_that_is_there_already_is_not_created(string account, string reason)
    {
        var fix = FixSamples.Plan($"server:\n  serviceAccount: {account}\n", "K8S-3", "API-7");

        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Some.Contains(reason));
        Assert.That(fix.Text, Does.Not.Contain("create: true"));
    }

    [Test]
    public void A_process_namespace_that_a_sidecar_shares_stays_shared()
    {
        var fix = FixSamples.Plan("server:\n  hostNetwork: true\n  shareProcessNamespace: true\n  extraContainers:\n  - {name: reloader, image: a/b}\n", "PROC-5", "ID-6");

        Assert.That(fix.Text, Does.Contain("shareProcessNamespace: true").And.Contain("hostNetwork: false"));
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Some.Contains("may signal the server"));
        Assert.That(fix.Needs, Has.Some.StartsWith("Nobody who reaches the servers at the addresses of their nodes"));
    }

    [TestCase("  ingress: {enabled: true}\n", "An Ingress controller that speaks https")]
    [TestCase("  httproute: {enabled: true}\n", "A BackendTLSPolicy for the Service")]
    [TestCase("  route: {enabled: true}\n", "A Route that passes TLS through")]
    public void What_leads_to_the_servers_in_plain_HTTP_is_named(string way, string need) =>
        Assert.That(FixSamples.Plan("server:\n" + way, "TLS-1").Needs, Has.Some.StartsWith(need));

    private const string Files = "server:\n  volumes:\n  - {name: c, secret: {secretName: certs}}\n  - {name: k, secret: {secretName: keys}}\n  volumeMounts:\n  - {name: CERT, mountPath: /certs/tls.crt, subPath: CRT}\n  - {name: k, mountPath: /certs/tls.key, subPath: tls.key}\n  standalone:\n    config: |\n      listener \"tcp\" {\n        tls_cert_file = \"/certs/tls.crt\"\n        tls_key_file = \"/certs/tls.key\"\n      }\n      storage \"file\" { path = \"/vault/data\" }\n";

    [TestCase("k", "tls.crt", true, TestName = "Files of one Secret become a folder")]
    [TestCase("k", "pki.crt", false, TestName = "A file of another name is not lost in a folder")]
    [TestCase("c", "tls.crt", false, TestName = "A file of another Secret is not lost in a folder")]
    public void A_folder_takes_the_place_of_files_that_keep_their_paths(string volume, string key, bool whole)
    {
        var fix = FixSamples.Plan(Files.Replace("CERT", volume, StringComparison.Ordinal).Replace("CRT", key, StringComparison.Ordinal), "FS-4", "TLS-5", "PROC-4", "API-7");

        Assert.That(fix.Text!.Contains("subPath", StringComparison.Ordinal), Is.EqualTo(!whole), fix.Text);
        Assert.That(fix.Rest.Any(rest => rest.Reason.Contains("as a file by itself", StringComparison.Ordinal)), Is.EqualTo(!whole));
    }

    [Test]
    public void Tls_takes_the_new_certificate_where_the_old_path_is_on_no_volume_and_leaves_no_weak_setting_behind()
    {
        var fix = FixSamples.Plan("server:\n  standalone:\n    config: |\n      listener \"tcp\" {\n        tls_disable = 1\n        tls_min_version = \"tls10\"\n        tls_cipher_suites = \"TLS_RSA_WITH_RC4_128_SHA\"\n        tls_cert_file = \"/nowhere/tls.crt\"\n        tls_key_file = \"/nowhere/tls.key\"\n      }\n      storage \"file\" { path = \"/vault/data\" }\n", "TLS-1");

        Assert.That(fix.Text, Does.Contain("tls_cert_file = \"/vault/userconfig/vault-tls/tls.crt\"").And.Not.Contain("nowhere").And.Not.Contain("RC4").And.Contain("tls_min_version = \"tls12\""));
    }

    [Test]
    public void Nothing_is_made_read_only_under_a_socket_of_a_listener()
    {
        var fix = FixSamples.Plan("server:\n  standalone:\n    config: |\n      listener \"unix\" { address = \"/vault/vault.sock\" }\n      storage \"file\" { path = \"/vault/data\" }\n", "FS-1", "API-7");

        Assert.That(fix.Text, Does.Not.Contain("readOnlyRootFilesystem"));
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Some.Contains("the server writes to /vault/vault.sock, which is on no volume"));
    }

    [TestCase("  serviceAccount: {createSecret: true}\n", "K8S-3", "Nobody who uses the token in the Secret of server.serviceAccount.createSecret")]
    [TestCase("  extraInitContainers: [{name: chown, image: busybox}]\n", "ID-1", "Containers that can run as user 100: the pod's user holds for all that name none of their own (server.extraInitContainers: chown).")]
    [TestCase("  postStart: [/bin/sh, -c, date]\n", "FS-1", "A server.postStart that writes to volumes only")]
    [TestCase("  logLevel: info\n", "HA-5", "Nobody who initialises or unseals servers through a Service for clients")]
    public void What_others_have_to_do_without_is_named(string text, string control, string need)
    {
        Assert.That(FixSamples.Plan("server:\n" + text, control).Needs, Has.Some.StartsWith(need));
        Assert.That(FixSamples.Plan("server:\n" + text, "MEM-4").Needs, Has.None.StartsWith(need));
    }

    [TestCase("TLS-1", "TLS-7")]
    [TestCase("TLS-1")]
    public void Servers_that_find_each_other_by_auto_join_follow_to_https(params string[] failed)
    {
        var fix = FixSamples.Plan(Joining, failed);

        Assert.That(fix.Text, Does.Contain("auto_join_scheme = \"https\"").And.Not.Contain("\"http\""));
        Assert.That(fix.Needs, Has.Some.StartsWith("A certificate that covers the addresses by which auto_join finds the servers"));
    }

    [Test]
    public void A_volume_that_is_used_for_more_than_this_is_left_alone()
    {
        var fix = FixSamples.Plan(Shared, "FS-1", "FS-2");

        Assert.That(fix.Text, Does.Contain("{name: scratch, mountPath: /vault/logs, subPath: logs}").And.Not.Contain("sizeLimit: 16Mi"));
        Assert.That(FixSamples.Values(fix.Text!).FindAt("server", "volumes"), Is.InstanceOf<FixList>());
        Assert.That(fix.Text, Does.Not.Contain("name: scratch, mountPath: /vault/file"));
    }

    [TestCase("  extraContainers:\n  - name: shipper\n    volumeMounts: [{name: tmp, mountPath: /x}]\n", false)]
    [TestCase("", true)]
    public void A_limit_for_a_volume_of_the_users_is_named_as_a_starting_point(string sidecar, bool limited)
    {
        var fix = FixSamples.Plan("server:\n  volumes: [{name: tmp, emptyDir: {}}]\n  volumeMounts: [{name: tmp, mountPath: /tmp}]\n" + sidecar, "FS-1", "FS-2");

        Assert.That(fix.Text!.Contains("sizeLimit: 16Mi", StringComparison.Ordinal), Is.EqualTo(limited));
        Assert.That(fix.Needs.Any(need => need.StartsWith("A measured size for volume tmp: 16Mi", StringComparison.Ordinal)), Is.EqualTo(limited));
    }

    [Test]
    public void What_people_and_clients_lose_is_named()
    {
        var fix = FixSamples.Plan("ui: {enabled: true}\n", "API-4", "API-7");

        Assert.That(fix.Needs, Has.Some.StartsWith("Nobody who uses the user interface: ui is switched off."));
        Assert.That(fix.Needs, Has.Some.StartsWith("Clients that renew what they hold within 1h and log in again after 24h"));
        Assert.That(FixSamples.Plan("ui: {enabled: true}\n", "ID-4").Needs, Has.None.Contains("user interface"));
    }

    [TestCase("listener {\\n type = \\\"tcp\\\"\\n tls_disable = 1\\n}\\n", "opens 'listener' without the label \"tcp\"")]
    [TestCase("listener {\\n tcp {\\n tls_disable = 1\\n }\\n}\\n", "opens 'listener' without the label \"tcp\"")]
    [TestCase("listener \\\"tcp\\\" {\\n tls_disable = 1\\n tls_require_and_verify_client_cert = true\\n}\\n", "asks every client for a certificate")]
    public void Tls_is_not_switched_on_where_the_server_or_its_probes_would_fail(string config, string reason)
    {
        var fix = FixSamples.Plan($"server:\n  standalone:\n    config: \"{config}\"\n", "TLS-1", "TLS-2");

        Assert.That(fix.Text, Is.Null);
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Some.Contains(reason));
    }

    [TestCase("        tls_client_ca_file = \"/certs/vault.ca\"\n", null, "vault.ca")]
    [TestCase("", null, "ca.crt")]
    [TestCase("items", "volume 'certs' holds a.pem, a.key and no ca.crt with the authorities", null)]
    public void The_file_of_authorities_is_the_users_or_is_named(string line, string? reason, string? file)
    {
        var items = line == "items" ? ", items: [{key: x, path: a.pem}, {key: y, path: a.key}]" : string.Empty;
        var fix = FixSamples.Plan(
            $"server:\n  volumes:\n  - {{name: certs, secret: {{secretName: mine{items}}}}}\n  volumeMounts:\n  - {{name: certs, mountPath: /certs}}\n"
                + "  standalone:\n    config: |\n      listener \"tcp\" {\n        tls_disable = 1\n        tls_cert_file = \"/certs/a.pem\"\n        tls_key_file = \"/certs/a.key\"\n"
                + $"{(line == "items" ? string.Empty : line)}      }}\n",
            "TLS-1");

        Assert.That(fix.Text is null, Is.EqualTo(file is null), string.Join('\n', fix.Rest.Select(rest => rest.Reason)));
        if (file is null)
        {
            Assert.That(fix.Rest.Single().Reason, Does.Contain(reason));
            return;
        }

        Assert.That(fix.Text, Does.Contain($"VAULT_CACERT: /certs/{file}"));
        Assert.That(fix.Needs, Has.Some.EqualTo($"{file} with the authorities in Secret 'mine' (VAULT_CACERT names /certs/{file})."));
    }

    [Test]
    public void A_server_on_a_port_of_its_own_keeps_what_it_needs_there()
    {
        var fix = FixSamples.Plan(
            "server:\n  ha:\n    enabled: true\n    raft:\n      enabled: true\n      config: |\n        listener \"tcp\" {\n          address = \"[::]:443\"\n          tls_disable = 1\n        }\n"
                + "  statefulSet:\n    securityContext:\n      container:\n        capabilities:\n          add: [NET_BIND_SERVICE]\n",
            "ID-4", "TLS-1", "TLS-4");

        Assert.That(fix.Text, Does.Contain("add: [NET_BIND_SERVICE]").And.Contain("vault-internal:443").And.Not.Contain(":8200"));
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Some.Contains("without the capability NET_BIND_SERVICE the server could not listen on port 443"));
    }

    [TestCase("\\\"10m\\\"", true)]
    [TestCase("\\\"1h\\\"", true)]
    [TestCase("\\\"30m30s\\\"", true)]
    [TestCase("1800", true)]
    [TestCase("\\\"2h\\\"", false)]
    [TestCase("0", false)]
    [TestCase("\\\"soon\\\"", false)]
    public void A_shorter_time_of_the_users_stays(string given, bool stays)
    {
        var fix = FixSamples.Plan($"server:\n  standalone:\n    config: \"default_lease_ttl = {given}\\n\"\n", "API-4");

        Assert.That(fix.Text!.Replace("\\\"", "\"").Contains($"default_lease_ttl = {given.Replace("\\\"", "\"")}", StringComparison.Ordinal), Is.EqualTo(stays), fix.Text);
    }

    [TestCase("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", true)]
    [TestCase("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", true)]
    [TestCase("TLS_RSA_WITH_AES_256_GCM_SHA384", false)]
    [TestCase("", false)]
    public void A_narrower_list_of_cipher_suites_stays(string given, bool stays)
    {
        var text = $"server:\n  standalone:\n    config: |\n      listener \"tcp\" {{\n        tls_cipher_suites = \"{given}\"\n      }}\n";

        Assert.That((FixSamples.Plan(text, "TLS-2").Text ?? text).Contains($"tls_cipher_suites = \"{given}\"", StringComparison.Ordinal), Is.EqualTo(stays));
    }

    [TestCase("/vault/logs/audit.log")]
    [TestCase("/vault/logs")]
    public void A_folder_that_an_audit_device_writes_to_stays_open(string file)
    {
        var fix = FixSamples.PlanWritten("server: {}\n", [file], "FS-1", "FS-2");

        Assert.That(fix.Text, Does.Contain("mountPath: /vault/file, readOnly: true").And.Not.Contain("/vault/logs"));
    }

    [Test]
    public void The_root_stays_writable_where_an_audit_device_writes_to_it() => Assert.That(
        FixSamples.PlanWritten("server: {}\n", ["/var/log/vault/audit.log"], "FS-1").Rest.Single().Reason,
        Does.Contain("the server writes to /var/log/vault/audit.log, which is on no volume"));

    [TestCase("livenessProbe: {enabled: true, execCommand: [/bin/sh, -c, \"wget -qO- 127.0.0.1:8200/v1/sys/health\"]}", "server.livenessProbe")]
    [TestCase("postStart: [/bin/sh, -c, \"curl -s localhost:8200/v1/sys/init\"]", "server.postStart")]
    public void Tls_is_refused_where_a_probe_or_hook_asks_without_a_scheme(string setting, string place) => Assert.That(
        FixSamples.Plan($"server:\n  {setting}\n", "TLS-1").Rest.Single().Reason, Does.Contain(place).And.Contain("without https"));

    [TestCase("livenessProbe: {enabled: true, execCommand: [/bin/sh, -c, \"wget -qO- https://127.0.0.1:8200/v1/sys/health\"]}")]
    [TestCase("postStart: [/bin/sh, -c, \"vault status -address=https://localhost:8200\"]")]
    public void Tls_is_not_refused_where_they_ask_by_https(string setting) =>
        Assert.That(FixSamples.Plan($"server:\n  {setting}\n", "TLS-1").Mended.Count + FixSamples.Plan($"server:\n  {setting}\n", "TLS-1").Rest.Count(rest => !rest.Reason.Contains("without https", StringComparison.Ordinal)), Is.Positive);

    [Test]
    public void What_else_asks_the_server_is_named()
    {
        var fix = FixSamples.Plan("injector:\n  externalVaultAddr: http://vault.vault.svc:8200\nserver:\n  extraContainers:\n  - {name: proxy, args: [--target=vault-active.vault.svc:8200]}\n", "TLS-1");

        Assert.That(fix.Needs, Has.Some.EqualTo("https at what asks the server in plaintext: injector.externalVaultAddr (http://vault.vault.svc:8200)."));
        Assert.That(fix.Needs, Has.Some.EqualTo("https at what asks the server without a scheme: server.extraContainers.args (vault-active.vault.svc:8200)."));
    }

    [Test]
    public void What_goes_with_the_same_change_stands_in_no_ones_way() => Assert.That(
        FixSamples.Plan("server:\n  statefulSet:\n    securityContext:\n      container: {privileged: true}\n", "ID-4", "ID-6").Text,
        Does.Contain("allowPrivilegeEscalation: false").And.Not.Contain("privileged: true"));

    [Test]
    public void A_byte_order_mark_moves_nothing_and_goes()
    {
        var fix = FixSamples.Plan("\ufeffserver:\n  dataStorage:\n    size: 1Gi\n", "FS-1", "TLS-1");

        Assert.That(fix.Text, Does.StartWith("server:\n  dataStorage:\n    size: 1Gi\n").And.Contain("\nglobal:\n  tlsDisable: false\n"));
        Assert.That(fix.Text, Is.EqualTo(FixSamples.Plan("server:\n  dataStorage:\n    size: 1Gi\n", "FS-1", "TLS-1").Text));
    }

    [Test]
    public void A_writable_mount_of_the_users_stays_writable() => Assert.That(
        FixSamples.Plan("server:\n  volumes: [{name: logs, emptyDir: {}}]\n  volumeMounts: [{name: logs, mountPath: /vault/logs}]\n", "FS-2").Text,
        Does.Contain("{name: logs, mountPath: /vault/logs}").And.Contain("{name: empty, mountPath: /vault/file, readOnly: true}"));

    [Test]
    public void Only_the_other_folder_of_the_image_is_closed() => Assert.That(
        FixSamples.Plan("server:\n  extraVolumes: [{type: secret, name: file, path: /vault}]\n", "FS-2").Text,
        Does.Not.Contain("mountPath: /vault/file").And.Contain("{name: empty, mountPath: /vault/logs, readOnly: true}"));

    [TestCase("server:\n  dataStorage: {enabled: false}\n", "/vault/data")]
    [TestCase("server:\n  extraArgs: -log-file=/var/log/vault.log\n", "/var/log/vault.log")]
    [TestCase("server:\n  standalone:\n    config: |\n      # log_file = \"/a\"\n      log_file = \"/srv/log\"\n      listener \"tcp\" {}\n", "/srv/log")]
    public void The_root_stays_writable_where_the_server_writes_to_it(string text, string path)
    {
        var fix = FixSamples.Plan(text, "FS-1", "ID-3", "MEM-4");

        Assert.That(fix.Text, Does.Not.Contain("readOnlyRootFilesystem"));
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.All.Contains($"the server writes to {path}, which is on no volume"));
    }

    [TestCase("server:\n  extraSecretEnvironmentVars: [{envName: VAULT_CACERT, secretName: a, secretKey: b}]\n")]
    [TestCase("server:\n  extraEnvironmentVars: {vault_cacert: /x/ca.crt}\n")]
    public void No_variable_is_given_twice(string text) =>
        Assert.That(FixSamples.Plan(text, "TLS-1").Text, Does.Not.Contain("VAULT_CACERT: ").And.Contain("tls_cert_file"));

    [Test]
    public void A_new_volume_has_a_name_of_its_own()
    {
        var values = FixSamples.Values(FixSamples.Plan(Read("extra-volume-at-image-path"), "FS-1", "FS-2", "TLS-1").Text!);
        var names = ((FixList)values.FindAt("server", "volumes")!).Items.OfType<FixMap>().ToList();

        Assert.That(names.Select(item => FixSamples.Text(item, "name")), Is.Unique);
        Assert.That(names.Select(item => item.Entries.Count), Has.All.EqualTo(2), "one kind each");
        Assert.That(names.Select(item => FixSamples.Text(item, "name")), Has.Some.EqualTo("tmp-fix-2").And.Some.EqualTo("empty-fix"));
    }

    [TestCase("switch-forms", "raft")]
    [TestCase("storage-below-image-path", "raft")]
    [TestCase("raft-without-ha", "raft")]
    public void The_configuration_that_the_chart_takes_is_changed_and_no_other_is_written(string name, string expected)
    {
        var fix = FixSamples.Plan(Read(name), "TLS-1", "TLS-2");

        Assert.That(FixSamples.Text(FixSamples.Values(fix.Text!), $"server.ha.{expected}.config"), Does.Contain("tls_cert_file").And.Not.Match("tls_disable = (1|\"true\")"));
        Assert.That(fix.Text, Does.Not.Contain("standalone"));
    }

    [TestCase("True")]
    [TestCase("yes")]
    [TestCase("On")]
    [TestCase("y")]
    [TestCase("'true'")]
    public void Development_mode_is_recognised_however_it_is_written(string on)
    {
        var fix = FixSamples.Plan($"server:\n  dev: {{enabled: {on}}}\n", Transport);

        Assert.That((fix.Text, fix.Mended.Count), Is.EqualTo(((string?)null, 0)));
        Assert.That(fix.Rest[0].Reason, Does.Contain("development mode"));
    }

    [TestCase("enabled: maybe")]
    [TestCase("enabled: 'yes'")]
    [TestCase("enabled: {a: b}")]
    public void A_switch_that_is_neither_on_nor_off_refuses_everything(string ha) => Assert.That(
        FixSamples.Plan($"server:\n  ha:\n    {ha}\n", "TLS-1", "MEM-4").Rest.Select(rest => rest.Reason),
        Has.Exactly(2).Contains("'server.ha.enabled' is neither true nor false"));

    [Test]
    public void Values_of_a_chart_around_the_vault_chart_are_refused_as_a_whole()
    {
        var fix = FixSamples.Plan("global: {}\nvault:\n  server:\n    standalone:\n      config: |\n        listener \"tcp\" { tls_disable = 1 }\n", FixSamples.All);

        Assert.That((fix.Text, fix.Mended.Count), Is.EqualTo(((string?)null, 0)));
        Assert.That(fix.Rest.Where(rest => rest.Kind == MendedBy.Values).Select(rest => rest.Reason), Has.All.Contains("the keys of the Vault chart are below 'vault', as those of a subchart"));
    }

    [TestCase("server:\n  standalone:\n    config: |\n      {\"listener\": [{\"tcp\": {\"tls_disable\": 1}}]}\n", "JSON")]
    [TestCase("server:\n  standalone:\n    config: {listener: {}}\n", "a mapping")]
    [TestCase("server:\n  standalone:\n    config: |2\n          listener \"tcp\" {\n            tls_disable = 1\n          }\n", "cannot be written again")]
    [TestCase("x: &s {config: ''}\nserver:\n  standalone: *s\n", "an anchor")]
    [TestCase("server:\n  postStart: [sh, -c, 'wget http://localhost:8200/v1/sys/health']\n", "server.postStart asks the server in plaintext")]
    [TestCase("server:\n  livenessProbe:\n    execCommand: [vault, status, '-address=http://127.0.0.1:8200']\n", "server.livenessProbe.execCommand")]
    [TestCase("server:\n  extraContainers:\n  - env: [{name: VAULT_ADDR, value: 'http://$(POD_IP):8200'}]\n", "server.extraContainers.env.value")]
    [TestCase("server:\n  extraContainers:\n  - livenessProbe: {httpGet: {path: /v1/sys/health, port: 8200}}\n", "server.extraContainers.livenessProbe.httpGet asks the server in plaintext")]
    [TestCase("server:\n  extraSecretEnvironmentVars: [{envName: VAULT_ADDR, secretName: a, secretKey: b}]\n", "comes from a Secret")]
    [TestCase("server:\n  volumes: [{name: c, configMap: {name: c}}]\n  volumeMounts: [{name: c, mountPath: /vault/userconfig}]\n", "nothing can be mounted at /vault/userconfig/vault-tls")]
    public void Where_tls_cannot_be_switched_on_nothing_that_needs_it_is_changed(string text, string reason)
    {
        var fix = FixSamples.Plan(text, [.. Transport, "FS-4"]);

        Assert.That((fix.Text, fix.Mended.Count), Is.EqualTo(((string?)null, 0)));
        Assert.That(fix.Rest.Single(rest => rest.Id.ToString() == "TLS-1").Reason, Does.Contain(reason));
        Assert.That(fix.Rest.Where(rest => rest.Id.ToString() is "TLS-2" or "TLS-4" or "TLS-5" or "TLS-7" or "FS-4").Select(rest => rest.Reason), Has.All.Contains("it needs TLS, which cannot be switched on safely (see TLS-1)"));
    }

    [Test]
    public void The_rest_is_mended_where_tls_is_not() => Assert.That(
        FixSamples.Plan(Read("plain-hook"), "TLS-1", "TLS-2", "MEM-4").Mended.Select(mended => mended.Id.ToString()), Is.EqualTo(new[] { "MEM-4" }));

    [Test]
    public void Addresses_of_the_users_follow_the_listener()
    {
        var fix = FixSamples.Plan(Read("addresses"), "TLS-1", "TLS-4");

        Assert.That(fix.Text, Does.Contain("VAULT_ADDR: \"https://127.0.0.1:8200\"   # for kubectl exec").And.Contain("vault_api_addr: https://vault.example.org:8200"));
        Assert.That(fix.Text, Does.Contain("api_addr = \"https://vault.example.org:8200\"").And.Contain("https://$(HOSTNAME).vault-internal:8201").And.Not.Contain("http://"));
        Assert.That(fix.Needs, Has.Some.Contains("server.extraEnvironmentVars.vault_api_addr").And.Some.StartsWith("Clients that speak https"));
    }

    [Test]
    public void Servers_join_over_tls_when_it_is_switched_on() => Assert.That(
        FixSamples.Plan(Read("switch-forms"), "TLS-1").Text, Does.Contain("leader_api_addr = \"https://vault-0.vault-internal:8200\"").And.Contain("leader_ca_cert_file"));

    [Test]
    public void A_file_without_a_last_line_end_can_be_changed()
    {
        const string Text = "server:\r\n  # Kommentar: ä\r\n  standalone:\r\n    config: |\r\n      listener \"tcp\" {\r\n        tls_disable = 1\r\n      }";
        var fix = FixSamples.Plan(Text, FixSamples.All);

        Assert.That(fix.Rest.Where(rest => rest.Reason.Contains("safely", StringComparison.Ordinal)), Is.Empty);
        Assert.That(fix.Text, Does.Contain("tls_disable = false\r\n").And.Contain("# Kommentar: ä\r\n"));
    }

    [Test]
    public void Lists_with_an_anchor_are_changed_in_place() => Assert.That(
        FixSamples.Plan(Read("anchored-lists"), "FS-1", "FS-2").Text,
        Does.Contain("volumes: &vols\n  - name: tmp\n    emptyDir:\n      sizeLimit: 16Mi\n  - {name: empty").And.Contain("volumeMounts: &mounts\n  - {name: tmp, mountPath: /tmp}\n  - {name: empty"));

    [Test]
    public void An_anchor_that_another_place_uses_is_named_as_the_reason() => Assert.That(
        FixSamples.Plan("server:\n  volumes: &v\n  - {name: a, emptyDir: {}}\n  volumeMounts: &m\n  - {name: a, mountPath: /a}\n  extraContainers:\n  - {name: x, volumeMounts: *m}\n", "FS-1").Rest.Single().Reason,
        Does.Contain("an anchor gives it to another place, too").And.Not.Contain("not YAML"));

    [Test]
    public void Comments_stay_with_what_they_are_about()
    {
        const string Text = """
            server:
                statefulSet:
                    securityContext:
                        container:
                            capabilities: {add: [NET_ADMIN], drop: []}
                            # end comment of container
                        # end comment of sc
                logLevel: "a: b"

            """;

        Assert.That(FixSamples.Plan(Text, "ID-4", "ID-5").Text, Does.Match(
            @"allowPrivilegeEscalation|# end comment of container\n(.*\n)*\s+# end comment of sc\n\s+pod:").And.Contain("# end comment of container"));
        Assert.That(FixSamples.Plan(Text, "ID-5").Text, Does.Contain("# end comment of container\n            # end comment of sc\n            pod:\n"));
    }

    [Test]
    public void A_comment_above_the_next_key_stays_there() => Assert.That(
        FixSamples.Plan("server:\n  volumes:\n  - {name: a, emptyDir: {}}\n  # what is mounted\n  volumeMounts:\n  - {name: a, mountPath: /a}\n", "FS-1").Text,
        Does.Contain("  - {name: tmp, emptyDir: {sizeLimit: 16Mi}}\n  # what is mounted\n  volumeMounts:\n"));

    [Test]
    public void The_capability_to_lock_memory_stays_where_memory_is_locked()
    {
        const string Text = "server:\n  statefulSet: {securityContext: {container: {capabilities: {add: [IPC_LOCK]}}}}\n  standalone:\n    config: |\n      disable_mlock = false\n      listener \"tcp\" {}\n";

        Assert.That(FixSamples.Plan(Text, "ID-4").Rest.Single().Reason, Does.Contain("without the capability IPC_LOCK"));
        Assert.That(FixSamples.Plan(Text, "ID-4", "MEM-3").Text, Does.Contain("disable_mlock = true").And.Not.Contain("IPC_LOCK"));
        Assert.That(FixSamples.Plan(Text.Replace("= false", "= true", StringComparison.Ordinal), "ID-4").Text, Does.Not.Contain("IPC_LOCK"));
    }

    [Test]
    public void Where_OpenShift_chooses_the_user_none_is_written()
    {
        var fix = FixSamples.Plan(Read("openshift"), "ID-1", "ID-2", "ID-5");

        Assert.That(fix.Text, Does.Contain("seccompProfile").And.Not.Contain("runAsUser").And.Not.Contain("fsGroup"));
        Assert.That(fix.Rest.Select(rest => rest.Reason), Has.Exactly(2).Contains("the platform chooses the user of the server"));
    }

    [Test]
    public void Masked_secrets_make_the_file_unusable_and_it_says_so()
    {
        var fix = FixSamples.Plan("server:\n  extraEnvironmentVars:\n    DB_PASSWORD: \"***\" # rotate\n    A: b # masked: ***\n", "MEM-4");

        Assert.That(fix.MaskedLines, Is.EqualTo(new[] { 4 }));
        Assert.That(fix.Text, Does.StartWith("# NOT USABLE AS IT IS: secrets are masked with *** here. Put your own values back first, in line 4.\nserver:\n"));
        Assert.That(fix.Diff, Does.Not.Contain("NOT USABLE"));
        Assert.That(RunFixText.ListWarnings(fix, "out/fix.yaml"), Is.EqualTo(new[] { "out/fix.yaml is not usable as it is: secrets are masked with *** in line 4 of it. Put your own values back first." }));
        Assert.That(FixSamples.Plan(fix.Text!, "MEM-4").Text, Is.Null);
    }

    [Test]
    public void A_configuration_that_was_withheld_has_to_be_put_back()
    {
        var fix = FixSamples.Plan("server:\n  standalone:\n    config: |\n      # *** withheld: the configuration cannot be read (line 1)\n", "TLS-1", "MEM-4");

        Assert.That(fix.MaskedLines, Is.EqualTo(new[] { 5 }));
        Assert.That(fix.Rest.Single().Reason, Does.Contain("the server's configuration was not recorded"));
    }

    [Test]
    public void A_file_that_was_withheld_is_not_replaced() => Assert.That(
        FixSamples.Plan("# *** withheld: The values file is not valid YAML\n", "MEM-4").Rest.Single().Reason, Does.Contain("was not recorded, because it is not valid YAML"));

    [Test]
    public void Why_a_folder_stays_open_is_said() => Assert.That(
        FixSamples.PlanResults(Read("written-paths"), [Failed("FS-2", "writable mount /vault/logs, not on the allow-list", "written")]).Rest.Single().Reason,
        Is.EqualTo("Values do not mend: writable mount /vault/logs, not on the allow-list of vault-0 (written). /vault/file is left as it is, because the server's configuration uses /vault/file. "
            + "/vault/logs is left as it is, because the server's configuration uses /vault/logs. Mount the paths that the findings name read-only, or list them in the profile (writablePaths)."));

    [Test]
    public void With_several_files_it_is_said_which_one_is_replaced()
    {
        var fix = FixSamples.Plan(["server: {}\n", "# mine\nui: {}\n"], ["MEM-4"]);

        Assert.That(RunFixText.ListWarnings(fix, "out/fix.yaml"), Is.EqualTo(new[] { "out/fix.yaml replaces values-2.yaml, the last of your values files; the others stay: -f values-1.yaml -f out/fix.yaml." }));
    }

    private static ControlResult Failed(string control, string fact, string actual) => new(
        ControlCatalogue.BuiltIn.Controls.Single(candidate => candidate.Id.ToString() == control), Requirement.Must, null, Outcome.Failed, "made up",
        [new Finding("vault-0", fact, "something else", actual, Outcome.Failed)], TimeSpan.Zero);

    private static string Read(string name) => File.ReadAllText(Repository.File("conformance", "VaultConformance.Controls.Tests", "Fixes", "Values", name + ".yaml"));
}
