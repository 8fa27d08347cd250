using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Diagnostics;

public sealed class ReleaseRedactorTests
{
    private const string Canary = "c4nary-Value-9";

    [TestCase("password: {0}")]
    [TestCase("rootPassword: {0}")]
    [TestCase("db: {{user: vault, passwd: \"{0}\"}}")]
    [TestCase("apiToken: {0}")]
    [TestCase("server: {{extraEnvironmentVars: {{VAULT_TOKEN: {0}, AWS_SECRET_ACCESS_KEY: {0}}}}}")]
    [TestCase("extraEnv: [{{name: DB_PASSWORD, value: {0}}}]")]
    [TestCase("aws: {{accessKey: {0}, secretKey: {0}}}")]
    [TestCase("credentials: {{user: {0}, second: [{0}, {{deep: {0}}}]}}")]
    [TestCase("clientSecret: {0}")]
    [TestCase("auth: {0}")]
    [TestCase("database: postgres://vault:{0}@db/vault")]
    [TestCase("args: [\"--db-password={0}\"]")]
    [TestCase("url: https://host/?token={0}")]
    [TestCase("a: b # password is {0}")]
    [TestCase("# {0}\na: b")]
    [TestCase("server:\n  standalone:\n    config: |\n      storage \"postgresql\" {{\n        connection_url = \"postgres://vault:{0}@db/vault\"\n      }}\n      seal \"pkcs11\" {{\n        pin = \"{0}\"\n      }}\n")]
    [TestCase("server:\n  other: |\n    seal \"pkcs11\" {{\n      pin = \"{0}\"\n    }}\n")]
    [TestCase("files:\n  vault.hcl: |\n    storage \"consul\" {{\n      token = \"{0}\"\n    }}\n")]
    [TestCase("base: &anchor {{password: {0}}}\nother:\n  <<: *anchor\n")]
    [TestCase("a: {0}: b")]
    [TestCase("password: &pw {0}\nagain: *pw")]
    [TestCase("again: {0}\ndb: {{password: {0}}}\nnote: \"use {0} here\"")]
    [TestCase("env:\n- {{name: LDAP_BINDPASS, value: {0}}}")]
    [TestCase("env:\n- {{key: LDAP_BINDPASS, value: {0}}}")]
    [TestCase("script: |\n  set -e\n  mysql -u root -p{0} -e 'select 1'\n  curl -u admin:{0} https://a.example\n")]
    [TestCase("hook: https://hooks.slack.com/services/T000/B000/{0}")]
    [TestCase("blob: https://a.blob.core.windows.net/c?sv=2024&sig={0}")]
    [TestCase("passwordAge: {0}")]
    public void A_secret_in_values_does_not_stay(string format)
    {
        var text = new ReleaseRedactor(new SecretRedactor()).RedactValues(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Canary));

        Assert.That(text, Does.Not.Contain(Canary).IgnoreCase);
    }

    [Test]
    public void What_is_no_secret_stays_readable()
    {
        const string Values = """
            global:
              tlsDisable: false
            server:
              image:
                repository: hashicorp/vault
              volumes:
              - name: tls
                secret:
                  secretName: vault-tls
                  defaultMode: 288
              extraSecretEnvironmentVars:
              - envName: AWS_KEY
                secretName: aws
                secretKey: key-id
              serviceAccount:
                automountServiceAccountToken: true
              standalone:
                config: |
                  listener "tcp" {
                    tls_key_file = "/vault/tls/tls.key"
                  }

            """;

        Assert.That(new ReleaseRedactor(new SecretRedactor()).RedactValues(Values), Is.EqualTo(Values));
    }

    [Test]
    public void Names_stay_so_that_a_reader_sees_that_a_secret_was_there() =>
        Assert.That(new ReleaseRedactor(new SecretRedactor()).RedactValues("db: {password: 123456, user: vault}"), Is.EqualTo("db:\n  password: \"***\"\n  user: vault\n"));

    [Test]
    public void A_plain_word_is_taken_out_again_only_as_a_whole() => Assert.That(
        new ReleaseRedactor(new SecretRedactor()).RedactValues("password: &pw changeme\nagain: *pw\nnote: changeme please\n"),
        Is.EqualTo("password: \"***\"\nagain: \"***\"\nnote: \"changeme please\"\n"));

    [Test]
    public void Values_that_cannot_be_understood_are_withheld() =>
        Assert.That(new ReleaseRedactor(new SecretRedactor()).RedactValues($"a: [{Canary}"), Does.StartWith("# *** withheld: The values file is not valid YAML: line ").And.Not.Contain(Canary));

    [Test]
    public void Rendered_objects_lose_data_of_Secrets_and_values_of_sensitive_variables()
    {
        var redactor = new SecretRedactor();
        redactor.Register(new SecretText("registered-secret"));
        var objects = RenderedManifests.Parse($$$"""
            ---
            # Source: vault/templates/secret.yaml
            apiVersion: v1
            kind: Secret
            metadata: {name: tls}
            data: {tls.key: {{{Canary}}}}
            stringData: {other: {{{Canary}}}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config}
            data:
              extraconfig-from-values.hcl: |
                seal "pkcs11" {
                  pin = "{{{Canary}}}"
                }
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, annotations: {note: registered-secret}}
            spec:
              containers:
              - name: vault
                env:
                - {name: DB_PASSWORD, value: {{{Canary}}}}
                - {name: VAULT_ADDR, value: "https://127.0.0.1:8200"}
            """).Objects.Select(item => (JsonObject)item.Content);

        var text = new ReleaseRedactor(redactor).RedactManifest(objects);

        Assert.That(text, Does.Not.Contain(Canary).And.Not.Contain("registered-secret"));
        Assert.That(text, Does.Contain("tls.key: \"***\"").And.Contain("https://127.0.0.1:8200").And.Contain("note: \"***\"").And.Contain("pin = \"***\""));
        Assert.That(RenderedManifests.Parse(text).Objects, Has.Count.EqualTo(3));
    }
}
