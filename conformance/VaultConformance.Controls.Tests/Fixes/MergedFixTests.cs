using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Records;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>The change keeps what the user has: names, numbers, lists, comments.</summary>
public sealed class MergedFixTests
{
    private const string Listener = "server:\n  standalone:\n    config: |\n      listener \"tcp\" {\n        address = \"0.0.0.0:8200\" # all\n        tls_disable = 1\n      }\n";

    [Test]
    public void Lists_are_merged_with_those_of_the_user()
    {
        const string Text = "server:\n  volumes:\n  - name: plugins # ours\n    emptyDir: {}\n  volumeMounts:\n  - {mountPath: /plugins, name: plugins}\n";

        Assert.That(FixSamples.Plan(Text, "FS-1", "FS-2").Text, Does.StartWith("""
            server:
              volumes:
              - name: plugins # ours
                emptyDir: {}
              - {name: tmp, emptyDir: {sizeLimit: 16Mi}}
              - {name: empty, emptyDir: {sizeLimit: 1Mi}}
              volumeMounts:
              - {mountPath: /plugins, name: plugins}
              - {name: tmp, mountPath: /tmp}
              - {name: empty, mountPath: /vault/file, readOnly: true}
              - {name: empty, mountPath: /vault/logs, readOnly: true}

            """));
    }

    [Test]
    public void A_volume_that_the_user_has_at_a_path_is_used_under_its_own_name()
    {
        const string Text = "server:\n  volumes:\n  - {name: scratch, emptyDir: {}}\n  volumeMounts:\n  - {name: scratch, mountPath: /tmp/}\n";

        Assert.That(FixSamples.Plan(Text, "FS-1").Text, Does.StartWith(
            "server:\n  volumes:\n  - {name: scratch, emptyDir: {sizeLimit: 16Mi}}\n  volumeMounts:\n  - {name: scratch, mountPath: /tmp/}\n  statefulSet:\n"));
    }

    [Test]
    public void A_volume_of_another_kind_at_a_path_is_left_alone()
    {
        const string Text = "server:\n  volumes:\n  - {name: logs, persistentVolumeClaim: {claimName: logs}}\n  volumeMounts:\n  - {name: logs, mountPath: /vault/logs}\n";

        var text = FixSamples.Plan(Text, "FS-2").Text;

        Assert.That(text, Does.Contain("- {name: empty, mountPath: /vault/file, readOnly: true}").And.Not.Contain("mountPath: /vault/logs, readOnly"));
        Assert.That(text, Does.Contain("- {name: logs, mountPath: /vault/logs}"));
    }

    [Test]
    public void A_name_that_is_taken_for_something_else_is_not_used_again() => Assert.That(
        FixSamples.Plan("server:\n  volumes:\n  - {name: empty, secret: {secretName: x}}\n", "FS-2").Text,
        Does.Contain("- {name: empty-fix, emptyDir: {sizeLimit: 1Mi}}").And.Contain("- {name: empty-fix, mountPath: /vault/file, readOnly: true}"));

    [TestCase("limits: {memory: 8Gi}", "8Gi")]
    [TestCase("requests: {memory: 2Gi}", "2Gi")]
    [TestCase("limits: {memory: 8Gi}, requests: {memory: 1Gi}", "8Gi")]
    [TestCase("limits: {cpu: 1}", "256Mi")]
    public void Memory_becomes_equal_and_never_less_than_the_limit(string resources, string memory)
    {
        var values = FixSamples.Values(FixSamples.Plan($"server:\n  resources: {{{resources}}}\n", "MEM-4").Text!);

        Assert.That((FixSamples.Text(values, "server.resources.limits.memory"), FixSamples.Text(values, "server.resources.requests.memory")), Is.EqualTo((memory, memory)));
    }

    [TestCase("5", "60")]
    [TestCase("120", "120")]
    public void A_longer_grace_period_stays(string given, string expected) => Assert.That(
        FixSamples.Text(FixSamples.Values(FixSamples.Plan($"server:\n  terminationGracePeriodSeconds: {given} # why\n", "PROC-3").Text!), "server.terminationGracePeriodSeconds"),
        Is.EqualTo(expected));

    [Test]
    public void Tls_is_switched_on_in_the_listener_that_the_user_has()
    {
        var fix = FixSamples.Plan(Listener, "TLS-1");

        Assert.That(fix.Text, Does.StartWith("""
            server:
              standalone:
                config: |
                  listener "tcp" {
                    address = "0.0.0.0:8200" # all
                    tls_disable = false
                    tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
                    tls_key_file = "/vault/userconfig/vault-tls/tls.key"
                  }

            """));
        Assert.That(fix.Needs, Has.Some.StartsWith("Secret 'vault-tls' with tls.crt, tls.key and ca.crt"));
    }

    [Test]
    public void The_configuration_that_is_in_use_is_changed()
    {
        var fix = FixSamples.Plan("server:\n  ha:\n    enabled: true\n    raft: {enabled: true}\n", "TLS-1");

        Assert.That(FixSamples.Text(FixSamples.Values(fix.Text!), "server.ha.raft.config"), Does.Contain("tls_cert_file").And.Contain("storage \"raft\""));
        Assert.That(fix.Text, Does.Not.Contain("standalone"));
    }

    [Test]
    public void The_certificate_of_the_user_stays_where_it_is()
    {
        const string Text = """
            server:
              volumes:
              - name: certs
                secret: {secretName: my-certificate}
              volumeMounts:
              - name: certs
                mountPath: /certs
              standalone:
                config: |
                  listener "tcp" {
                    tls_cert_file = "/certs/server.pem"
                    tls_key_file = "/certs/server-key.pem"
                    tls_min_version = "tls10"
                  }

            """;

        var fix = FixSamples.Plan(Text, "FS-4", "TLS-1", "TLS-2", "TLS-5");

        Assert.That(fix.Text, Does.Contain("secret: {secretName: my-certificate, defaultMode: 256}").And.Contain("    mountPath: /certs\n    readOnly: true\n"));
        Assert.That(fix.Text, Does.Contain("tls_cert_file = \"/certs/server.pem\"").And.Contain("tls_min_version = \"tls12\"").And.Contain("VAULT_CACERT: /certs/ca.crt"));
        Assert.That(fix.Text, Does.Not.Contain("vault-tls"));
    }

    [Test]
    public void A_secret_that_the_chart_mounts_by_itself_gets_its_mode()
    {
        const string Text = """
            server:
              extraVolumes:
              - {type: secret, name: tls-server}
              standalone:
                config: |
                  listener "tcp" {
                    tls_key_file = "/vault/userconfig/tls-server/tls.key"
                  }

            """;

        Assert.That(FixSamples.Plan(Text, "FS-4").Text, Does.Contain("- {type: secret, name: tls-server, defaultMode: 256}").And.Not.Contain("volumeMounts"));
    }

    [Test]
    public void Files_that_were_mounted_one_by_one_give_way_to_their_folder()
    {
        const string Text = """
            server:
              volumes:
              - {name: t, secret: {secretName: s}}
              volumeMounts:
              - {name: t, mountPath: /t/tls.crt, subPath: tls.crt}
              - {name: t, mountPath: /t/tls.key, subPath: tls.key}
              - {name: other, mountPath: /other}
              standalone:
                config: |
                  listener "tcp" {
                    tls_key_file = "/t/tls.key"
                  }

            """;

        Assert.That(FixSamples.Plan(Text, "PROC-4").Text, Does.Contain(
            "volumeMounts:\n  - {name: other, mountPath: /other}\n  - {name: t, mountPath: /t, readOnly: true}\n").And.Contain("{secretName: s, defaultMode: 256}"));
    }

    [Test]
    public void Only_what_is_wrong_goes_from_the_arguments() => Assert.That(
        FixSamples.Plan("server:\n  extraArgs: -log-level=debug -pprof-dump-dir=/tmp/p -exit-on-core-dump\n  extraEnvironmentVars: {GOTRACEBACK: crash, A: b}\n", "CORE-4").Text,
        Is.EqualTo("server:\n  extraArgs: \"-log-level=debug -exit-on-core-dump\"\n  extraEnvironmentVars: {A: b}\n"));

    [Test]
    public void Joining_servers_do_it_over_tls()
    {
        const string Text = """
            server:
              ha:
                enabled: true
                raft:
                  enabled: true
                  config: |
                    storage "raft" {
                      path = "/vault/data"
                      retry_join { leader_api_addr = "http://vault-0.vault-internal:8200" }
                    }

            """;

        Assert.That(FixSamples.Plan(Text, "TLS-7").Text, Does.Contain(
            "          retry_join { leader_api_addr = \"https://vault-0.vault-internal:8200\"\n            leader_ca_cert_file = \"/vault/userconfig/vault-tls/ca.crt\"\n          }\n"));
    }

    [Test]
    public void Names_follow_the_release_and_the_identity_follows_the_profile()
    {
        var fix = FixSamples.Plan(["server: {}\n"], ["TLS-4", "ID-2"], "prod", new ProfileParameters { AllowedUids = [1000], AllowedGids = [2000] });

        Assert.That(fix.Text, Does.Contain("https://$(VAULT_K8S_POD_NAME).prod-vault-internal:8200").And.Contain("runAsUser: 1000\n").And.Contain("fsGroup: 2000\n"));
    }

    [Test]
    public void A_change_that_names_a_Service_says_of_which_release()
    {
        string? Need(string values, string release) => FixSamples.Plan([values], ["TLS-4"], release).Needs
            .SingleOrDefault(need => need.StartsWith("A release that is installed as", StringComparison.Ordinal));

        Assert.That(Need("server: {}\n", "prod"), Is.EqualTo(
            "A release that is installed as 'prod': the change names its Service prod-vault-internal. For another name give it to a run with --release, or change the Service's name in the file."));
        Assert.That(Need("fullnameOverride: store\nserver: {}\n", "prod"), Is.Null, "every release has this name");
        Assert.That(Need("server: {ha: {apiAddr: 'https://vault.example.org:8200'}}\n", "prod"), Is.Null, "the change names no Service");
    }

    [Test]
    public void What_only_a_decision_mends_names_the_lines_that_its_findings_name()
    {
        var result = new ControlResult(
            ControlCatalogue.BuiltIn.Controls.Single(control => control.Id.ToString() == "UPG-2"), Requirement.Must, null, Outcome.Failed, "made up", [], TimeSpan.Zero)
        {
            Places = [new ValuePlace("server.x", "values.yaml", 7, "not a key of the chart; the nearest key is server.y"), new ValuePlace("server.z", "values.yaml", 9, "without effect")],
        };

        var rest = FixSamples.PlanResults("server: {x: 1}\n", [result]).Rest.Single();

        Assert.That((rest.Kind, rest.Reason), Is.EqualTo((
            MendedBy.Decision,
            "values.yaml:7 server.x: not a key of the chart; the nearest key is server.y; values.yaml:9 server.z: without effect.")));
    }

    [Test]
    public void Where_the_namespace_gives_the_user_none_is_written() => Assert.That(
        FixSamples.Plan(["server: {}\n"], ["ID-5"], "vault", new ProfileParameters { UidRangeFromNamespace = true }).Text, Does.Contain("seccompProfile").And.Not.Contain("runAsUser"));

    [Test]
    public void The_last_file_overrules_the_ones_before()
    {
        var fix = FixSamples.Plan(
            ["server:\n  extraEnvironmentVars: {GOTRACEBACK: crash}\n  volumes: [{name: a, emptyDir: {}}]\n", "# mine\nui: {}\n"], ["CORE-4", "FS-1"]);

        Assert.That(fix.File, Is.EqualTo("values-2.yaml"));
        Assert.That(fix.Text, Does.StartWith("# mine\nui: {}\n").And.Contain("GOTRACEBACK: null").And.Contain("- {name: a, emptyDir: {}}"));
    }

    [TestCase("server:\n  standalone:\n    config: |\n      {\"listener\": {}}\n", "the server's configuration is JSON")]
    [TestCase("server:\n  standalone:\n    config: {listener: {}}\n", "the server's configuration is a mapping, not text")]
    [TestCase("server:\n  standalone:\n    config: |\n      {{ include \"x\" . }}\n", "the server's configuration is a template")]
    [TestCase("server:\n  standalone:\n    config: |\n      listener \"tcp\" {\n        tls_disable = 1\n        tls_disable = 0\n      }\n", "the server's configuration has 'tls_disable' twice")]
    [TestCase("server:\n  dev: {enabled: true}\n", "the server runs in development mode")]
    [TestCase("server:\n  volumes: |\n    - name: x\n", "'server.volumes' is not a list")]
    [TestCase("x-a: &a {config: ''}\nserver:\n  standalone: *a\n", "an anchor gives it to another place, too")]
    public void What_cannot_be_changed_safely_is_left_and_listed(string text, string reason)
    {
        var fix = FixSamples.Plan(text, "TLS-1");

        Assert.That((fix.Text, fix.Diff), Is.EqualTo(((string?)null, string.Empty)));
        Assert.That(fix.Rest.Single().Reason, Does.StartWith("The values cannot be changed safely: ").And.Contain(reason));
    }

    [Test]
    public void One_control_that_cannot_be_mended_keeps_none_of_the_others()
    {
        var fix = FixSamples.Plan("server:\n  standalone:\n    config: {}\n", "TLS-2", "MEM-4", "CORE-2");

        Assert.That(fix.Mended.Select(mended => mended.Id.ToString()), Is.EqualTo(new[] { "MEM-4" }));
        Assert.That(fix.Rest.Select(rest => (rest.Id.ToString(), rest.Kind)), Is.EquivalentTo(new[] { ("CORE-2", MendedBy.Node), ("TLS-2", MendedBy.Values) }));
    }

    [Test]
    public void What_follows_from_another_control_is_said_to_follow() => Assert.That(
        FixSamples.Plan("server: {}\n", "TLS-1", "TLS-3", "TLS-6").Mended.Select(mended => (mended.Id.ToString(), mended.After?.ToString())),
        Is.EqualTo(new[] { ("TLS-1", null), ("TLS-3", "TLS-1"), ("TLS-6", "TLS-1") }));

    [TestCase("server:\r\n  # why\r\n  ui: {a: 1}\r\n", TestName = "Line ends of Windows stay")]
    [TestCase("\n\n# top\n\nserver:\n    standalone: {}   # wide\n    annotations:\n        a: \"b\"\n\n\n# end", TestName = "Indentation, empty lines and a missing line end stay")]
    [TestCase("{server: {annotations: {a: 'b'}}, ui: {}}", TestName = "A file in braces stays one")]
    [TestCase("server: # nothing\nui: {}\n", TestName = "A key without a value gets one")]
    [TestCase("", TestName = "An empty file gets everything")]
    [TestCase("# only this", TestName = "A comment stays alone above")]
    public void What_is_not_changed_stays_as_it_was_written(string text)
    {
        var fix = FixSamples.Plan(text, FixSamples.All);

        Assert.That(fix.Text!.Split(fix.Text.Contains('\r') ? "\r\n" : "\n"), Is.SupersetOf(text.ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Length > 0 && !line.Contains('{') && !line.StartsWith("server: #", StringComparison.Ordinal))));
        Assert.That(fix.Text.ReplaceLineEndings("\n").Contains('\r'), Is.False);
        Assert.That(FixSamples.Plan(fix.Text, FixSamples.All).Text, Is.Null);
        Assert.That(fix.Rest.Where(rest => rest.Reason.Contains("safely", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Secrets_are_masked_in_place_and_comments_stay()
    {
        const string Text = "# our values\nserver:\n  extraEnvironmentVars:\n    AWS_SECRET_ACCESS_KEY: Zq3x9vLk2pT8 # rotate\n    LEVEL: debug # loud\n";

        Assert.That(ValuesMask.Apply(Text), Is.EqualTo("# our values\nserver:\n  extraEnvironmentVars:\n    AWS_SECRET_ACCESS_KEY: \"***\" # rotate\n    LEVEL: debug # loud\n"));
    }

    [TestCase("server:\n  affinity: |\n    podAntiAffinity: {}\n  annotations: |\n    foo: bar\n")]
    [TestCase("server:\n  nodeSelector: |\n    disk: ssd   # fast\n  tolerations: |\n    - key: \"dedicated\"\n")]
    [TestCase("server:\n  standalone:\n    config: |\n      ui = true\n      listener \"tcp\" {}")]
    public void What_is_no_secret_stays_as_it_was_written(string text) => Assert.That(ValuesMask.Apply(text), Is.EqualTo(text));

    [Test]
    public void A_block_with_a_secret_stays_a_block() => Assert.That(
        ValuesMask.Apply("server:\n  annotations: |\n    password: Zq3x9vLk2pT8\n"), Is.EqualTo("server:\n  annotations: |\n    password: ***\n"));

    [Test]
    public void Another_user_brings_along_what_it_could_write() => Assert.That(
        FixSamples.Plan("server: {}\n", "ID-2").Text, Does.Contain("- {name: empty, mountPath: /vault/logs, readOnly: true}"));

    [Test]
    public void A_configuration_that_is_right_is_not_written_out() => Assert.That(FixSamples.Plan("server: {}\n", "MEM-2", "CORE-4").Text, Is.Null);

    [Test]
    public void Every_listener_keeps_its_own_certificate_and_port()
    {
        const string Text = """
            server:
              volumes:
              - {name: a, secret: {secretName: a}}
              extraVolumes:
              - {type: secret, name: b}
              volumeMounts:
              - {name: a, mountPath: /a, readOnly: true}
              standalone:
                config: |
                  listener "tcp" {
                    tls_cert_file = "/a/tls.crt"
                    tls_key_file = "/a/tls.key"
                  }
                  listener "tcp" {
                    address = "[::]:8443"
                    tls_cert_file = "/vault/userconfig/b/tls.crt"
                    tls_key_file = "/vault/userconfig/b/tls.key"
                  }

            """;

        var fix = FixSamples.Plan(Text, "FS-4", "TLS-5", "TLS-1").Text;

        Assert.That(fix, Does.Contain("{name: a, secret: {secretName: a, defaultMode: 256}}").And.Contain("{type: secret, name: b, defaultMode: 256}"));
        Assert.That(FixSamples.Text(FixSamples.Values(fix!), "server.standalone.config"), Is.EqualTo(FixSamples.Text(FixSamples.Values(Text), "server.standalone.config")));
    }
}
