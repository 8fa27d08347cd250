using System.Text;
using k8s.Models;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Credentials in clear text wherever they can stand, and what only looks like them. Each text is as it was written and as evidence keeps it.</summary>
internal static class CredentialMutations
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";
    private const string Another = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJBC";

    public static IReadOnlyList<Mutation> All =>
    [
        Config("storage azure", "storage azure: accountKey (line 3)", "storage \"azure\" {\n accountName = \"a\"\n accountKey = \"aW52ZW50ZWQtYWNjb3VudC1rZXktbm90LXJlYWwtMDEyMzQ1Njc4OQ==\"\n}"),
        Config("storage zookeeper", "storage zookeeper: auth_info", "storage \"zookeeper\" {\n address = \"z:2181\"\n auth_info = \"digest:vaultUser:S3cretPassw0rd\"\n}"),
        Config("Seal in capital letters, masked", "Seal transit: Token", "Seal \"transit\" {\n address = \"https://v\"\n Token = \"***\"\n}"),
        Config("cloud", "client_secret", "cloud {\n client_id = \"x\"\n client_secret = \"***\"\n}"),
        Config("swift", "storage swift: password", "storage \"swift\" {\n username = \"u\"\n password = \"***\"\n}"),
        Config("an attribute that nobody knows", "storage consul: gossip", "storage \"consul\" {\n address = \"127.0.0.1:8500\"\n gossip = \"Xq7!bb\"\n}"),
        Config("telemetry", "circonus_api_token", "telemetry {\n circonus_api_token = \"hunter2\"\n}"),
        Config("key in a listener", "tls_acme_eab_mac_key", "listener \"tcp\" {\n tls_acme_eab_mac_key = \"zzzz\"\n}"),
        Config("password of the join provider", "storage raft: auto_join", "storage \"raft\" {\n retry_join {\n auto_join = \"provider=aws access_key_id=AKIA secret_access_key=abc\"\n }\n}"),
        Config("key in the seal of AEAD", "seal aead: key", "seal \"aead\" {\n aead_type = \"aes-gcm\"\n key = \"QWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=\"\n}"),
        Config("in JSON", "transit: token", "{\"seal\": {\"transit\": {\"token\": \"s.abcdef\"}}}"),
        Config("what the reference knows", "", "seal \"awskms\" {\n region = \"eu-central-1\"\n kms_key_id = \"19ec80b0-dfdd-4d97-8164-c6examplekey\"\n access_key = \"env://AWS_KEY\"\n}\n"
            + "seal \"pkcs11\" {\n lib = \"/usr/lib/softhsm/libsofthsm2.so\"\n slot = \"0\"\n pin = \"file:///run/pin\"\n key_label = \"Vault_HSM_Key_2024\"\n mechanism = \"0x1085\"\n}\n"
            + "storage \"raft\" {\n path = \"/vault/data\"\n node_id = \"vault-0_A7\"\n}\ntelemetry {\n prometheus_retention_time = \"30s\"\n dogstatsd_tags = [\"env:Prod1\"]\n}\n"
            + "listener \"tcp\" {\n tls_cipher_suites = \"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"\n custom_response_headers {\n \"default\" = {\n \"Strict-Transport-Security\" = [\"max-age=31536000\"]\n }\n }\n}\n"
            + "max_lease_ttl = \"768h\"\nplugin_directory = \"/vault/plugins\"\nlicense_path = \"/vault/license.hclic\"", Outcome.Passed),
        Config("a comment with the words alone", "", "# the token and the password come from a file; secret sauce: none\nui = false", Outcome.Passed),

        .. new[]
        {
            ("AZURE_ACCOUNT_KEY", "***"), ("PGPASSWORD", "***"), ("GOOGLE_CREDENTIALS", "***"), ("VAULT_PG_CONNECTION_URL", "postgres://vault:***@db/vault"), ("VAULT_LICENSE", "***"),
            ("AWS_ACCESS_KEY_ID", "***"), ("VAULT_PG_CONNECTION_URL", "postgres://vault:FieldPgPw77@pg.corp.example/vault"), ("MYSQL_PWD", "FieldMyPw77"), ("CONSUL_HTTP_AUTH", "vault:FieldConsulPw77"),
            ("VAULT_UNSEAL_KEY", "FieldUnseal77"), ("UNSEAL_KEY_1", "q83vEjRWeJCrze8SNFZ4kA=="), ("VAULT_LICENSE", "02MV4UU43BK5HGYYTOJZWFQMTMNNEWU33JJZ5FieldLicence"), ("DB_PASS", "hunter2"),
            ("GITHUB_PAT", "ghp_0123"), ("BAO_STATIC_UNSEAL_KEY", "abc"), ("WHATEVER", "Sup3rS3cr3tPw"), ("VAULT_LOCAL_CONFIG", "{\"storage\": {\"azure\": {\"accountKey\": \"abcd\"}}}"),
        }.Select(item => Pod("FS-5", $"variable {item.Item1} = {item.Item2}", item.Item1, pod => pod.Container.Env.Add(new V1EnvVar { Name = item.Item1, Value = item.Item2 }),
            also: item.Item1.Contains("UNSEAL", StringComparison.Ordinal) ? ["FS-6"] : [])),
        Pod("FS-5", "variables that people really have", "", pod => pod.Container.Env = [.. pod.Container.Env, .. Harmless.Select(item => new V1EnvVar { Name = item.Name, Value = item.Value })], Outcome.Passed),
        Pod("FS-5", "a whole Secret in the environment", "all of Secret aws", pod => pod.Container.EnvFrom = [new V1EnvFromSource { SecretRef = new V1SecretEnvSource { Name = "aws", Optional = true } }], Outcome.Failed, Requirement.Should),
        Pod("FS-5", "a secret variable of the image", "VAULT_TOKEN", pod => pod.ChangeVault(vault => vault with { Environment = new(["HOME", "VAULT_TOKEN"], new Dictionary<string, string>()) }), Outcome.Inconclusive),

        Pod("FS-5", "key in a hook", "postStart", pod => pod.Container.Lifecycle = new V1Lifecycle
        {
            PostStart = new V1LifecycleHandler { Exec = new V1ExecAction { Command = ["/bin/sh", "-c", $"sleep 5; vault operator unseal -tls-skip-verify {Share} >/dev/null 2>&1; exit 0"] } },
        }, Outcome.Failed, null, "FS-6", "PROC-3"),
        Pod("FS-5", "token in a probe, masked", "livenessProbe", pod => pod.Container.LivenessProbe = new V1Probe { Exec = new V1ExecAction { Command = ["sh", "-c", "VAULT_TOKEN=*** vault status"] } }, also: ["FS-6", "HA-5"]),
        Pod("FS-5", "password behind a flag of an init container", "container setup: command and args", pod => pod.Admitted.Spec.InitContainers =
        [
            new V1Container { Name = "setup", Command = ["setup", "--password", "hunter2"], Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext },
        ]),
        Pod("FS-5", "a hook that takes its token from a file", "", pod => pod.Container.Lifecycle = new V1Lifecycle
        {
            PostStart = new V1LifecycleHandler { Exec = new V1ExecAction { Command = ["/bin/sh", "-c", "VAULT_TOKEN=$(cat /run/token) vault login -method=kubernetes role=app; vault operator unseal \"$KEY\"; export TOKEN_TTL=1h"] } },
        }, Outcome.Passed, null, "PROC-3"),

        Map("unseal keys as binary data, emptied", "vault-extra", map => map.BinaryData = new Dictionary<string, byte[]> { ["unseal-keys"] = [] }, Outcome.Failed, "FS-6"),
        Map("unseal keys as binary data", "vault-extra", map => map.BinaryData = new Dictionary<string, byte[]> { ["x"] = Encoding.UTF8.GetBytes($"{Share},{Another}") }, Outcome.Failed, "FS-6"),
        Map("masked binary data", "vault-extra/x", map => map.BinaryData = new Dictionary<string, byte[]> { ["x"] = Encoding.UTF8.GetBytes("***") }),
        Map("shares as a list in YAML", "vault-extra", map => map.Data = new Dictionary<string, string> { ["x.yaml"] = $"- {Share}\n- {Another}\n" }, Outcome.Failed, "FS-6"),
        Map("a variable for envFrom", "vault-extra/AWS_SECRET_ACCESS_KEY", map => map.Data = new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "***" }),
        Map("the same, as it was written", "vault-extra/AWS_SECRET_ACCESS_KEY", map => map.Data = new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG" }),
        Map("a script about the root token", "", map => map.Data = new Dictionary<string, string> { ["root-token-revoke.sh"] = "#!/bin/sh\n# revokes the root token\nvault token revoke \"$ROOT_TOKEN\"\n" }, Outcome.Passed),
        Map("a script with a password", "vault-extra/x.sh", map => map.Data = new Dictionary<string, string> { ["x.sh"] = "curl -u x https://a\nDB_PASSWORD=hunter2 run\n" }),
        Map("a certificate and settings", "", map => map.Data = new Dictionary<string, string>
        {
            ["ca.crt"] = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUZk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkEwCgYIKoZIzj0EAwIw\n-----END CERTIFICATE-----\n",
            ["settings.yaml"] = "token_ttl: 1h\nsecretName: vault-tls\npassword_policy: strong\nkey: tls.key\nauth:\n  method: kubernetes\n",
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<(string Name, string Value)> Harmless =>
    [
        ("VAULT_ADDR", "https://127.0.0.1:8200"), ("AWS_REGION", "eu-central-1"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/Vault4Prod"), ("VAULT_AWSKMS_SEAL_KEY_ID", "alias/Vault2024Key"),
        ("AZURE_TENANT_ID", "0e8f2b1c-1111-2222-3333-444455556666"), ("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"), ("VAULT_SEAL_TYPE", "awskms"),
        ("GOOGLE_APPLICATION_CREDENTIALS", "/vault/userconfig/kms-creds/credentials.json"), ("NO_PROXY", "10.0.0.0/8,.svc,localhost"), ("HTTPS_PROXY", "http://proxy.corp.example:3128"), ("TZ", "Europe/Berlin"),
        ("VAULT_TOKEN_TTL", "24h"), ("VAULT_DISABLE_USER_LOCKOUT", "false"), ("IMAGE", "hashicorp/vault:1.20.4"), ("GIT_COMMIT", "817e827fdd9c3f0f4f9f0c6f9d8b1e2a3c4d5e6f"), ("PWD", "/"), ("VAULT_TLS_SECRET", "vault-server-tls"),
        ("KEY_NAME", "AutoUnseal2024"), ("SKIP_SETCAP", "1"), ("JAVA_OPTS", "-Xmx512m -Dfoo=Bar"), ("VAULT_LICENSE_PATH", "/vault/license/license.hclic"), ("VAULT_CLUSTER_ADDR", "https://$(HOSTNAME).vault-internal:8201"),
        ("DATABASE_URL", "postgres://$(DB_USER):$(DB_PASSWORD)@db/vault"), ("AUTH", "kubernetes"), ("AUTO_UNSEAL", "awskms"),
    ];

    private static Mutation Config(string deviation, string reason, string text, Outcome outcome = Outcome.Failed) =>
        Release("FS-5", deviation, reason, release => release.OtherMaps.Add(Extra(map => map.Data = new Dictionary<string, string> { ["server.hcl"] = text })), outcome);

    private static Mutation Map(string deviation, string reason, Action<V1ConfigMap> change, Outcome outcome = Outcome.Failed, params string[] also) =>
        Release("FS-5", deviation, reason, release => release.OtherMaps.Add(Extra(change)), outcome, null, also);

    private static V1ConfigMap Extra(Action<V1ConfigMap> change)
    {
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "vault-extra" } };
        change(map);
        return map;
    }
}
