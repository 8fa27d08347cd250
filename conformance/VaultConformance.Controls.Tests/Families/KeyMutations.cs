using System.Text;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Unseal keys, recovery keys and root tokens wherever they can lie around, and what only speaks of them.</summary>
internal static class KeyMutations
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";
    private const string Token = "hvs.CAESIJ8saBcD1234567890abcdef";

    public static IReadOnlyList<Mutation> All => [.. Processes, .. Commands, .. Variables, .. Objects, .. Logs];

    private static IReadOnlyList<Mutation> Processes =>
    [
        Arguments("masked", "in arguments of processes of container vault: unsealer (PID 20)", ["unsealer", "***"], also: ["FS-5", "PROC-5"]),
        Arguments("token in clear text", "unsealer (PID 20)", ["unsealer", "-t", Token], also: ["FS-5", "PROC-5"]),
        Arguments("of another user's command", "vault (PID 20)", ["vault", "operator", "unseal", "-tls-skip-verify", Share], also: ["FS-5", "PROC-5"]),
        Arguments("without a shape", "vault (PID 20)", ["vault", "login", "FieldRootTok_7731"], also: ["FS-5", "PROC-5"]),
        Arguments("credential of an unknown kind", "nothing says of which kind", ["unsealer", "--token", "***"], Outcome.Inconclusive, "FS-5", "PROC-5"),
        Arguments("password of a database", "", ["exporter", "--password=***", "postgres://***@db/vault"], Outcome.Passed, "FS-5", "PROC-5"),
        Arguments("words about keys", "", ["sh", "/scripts/root-token-revoke.sh", "--unseal-key-file", "/run/key", "unseal"], Outcome.Passed, "PROC-5"),
        Pod("FS-6", "argument of a sidecar", "in arguments of processes of container unsealer: unsealer (PID 1)", pod =>
        {
            Sidecar(pod, "unsealer");
            pod.Sidecars["unsealer"] = new ProcessTable([CompliantPod.Process(1, 0, "unsealer", ["unsealer", "--unseal-key=***"])], CompliantPod.Limits());
        }, also: ["FS-5", "PROC-5"]),
        Pod("FS-6", "arguments of a sidecar that could not be looked into", "vault-1/unsealer", pod => Sidecar(pod, "unsealer"), Outcome.Inconclusive, null, "CORE-2", "PROC-5"),
        Pod("FS-6", "the look itself, which takes a key from nobody", "", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(4000, 0, "sh", ["sh", "-c", $"vault operator unseal {Share}"])],
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Commands =>
    [
        Pod("FS-6", "hook that unseals", "in commands of container vault: postStart", pod => pod.Container.Lifecycle = new V1Lifecycle
        {
            PostStart = Exec($"sleep 5; vault operator unseal -tls-skip-verify {Share} >/dev/null 2>&1; exit 0"),
        }, Outcome.Failed, null, "FS-5", "PROC-3"),
        Pod("FS-6", "token in a probe, masked", "livenessProbe", pod => pod.Container.LivenessProbe = new V1Probe { Exec = new V1ExecAction { Command = ["sh", "-c", "VAULT_TOKEN=*** vault status"] } }, also: ["FS-5", "HA-5"]),
        Pod("FS-6", "key of a script that unseals, in a variable without a telling name", "setup: command and args", pod => Init(pod, "sh", "-c", "K1=***; vault operator unseal $K1"), also: "FS-5"),
        Pod("FS-6", "bearer of nobody knows what", "nothing says", pod => Init(pod, "sh", "-c", "curl -H 'Authorization: Bearer ***' https://api"), Outcome.Inconclusive, null, "FS-5"),
        Pod("FS-6", "container for debugging", "in commands of container debugger: command and args", pod => pod.Admitted.Spec.EphemeralContainers =
        [
            new V1EphemeralContainer { Name = "debugger", Command = ["vault", "login", "***"], SecurityContext = pod.Container.SecurityContext },
        ], Outcome.Failed, null, "CORE-2", "FS-5", "PROC-5"),
        Release("FS-6", "template of a Job that has no pod", "job/setup", release => release.Jobs.Add(Job("vault operator unseal ***")), Outcome.Failed, null, "FS-5"),
        Pod("FS-6", "hook that initialises the server and keeps its keys in a file", "that write the keys of Vault to a file: postStart", pod => pod.Container.Lifecycle = new V1Lifecycle
        {
            PostStart = Exec("if vault status | grep -q \"Initialized *false\"; then vault operator init -format=json > /tmp/keys.json; fi; exit 0"),
        }, Outcome.Failed, null, "PROC-3"),
        Pod("FS-6", "init container that initialises the server", "nothing says where its keys go", pod => Init(pod, "sh", "-c", "KEYS=$(vault operator init)"), Outcome.Inconclusive),
        Pod("FS-6", "hook that unseals without a key", "", pod => pod.Container.Lifecycle = new V1Lifecycle
        {
            PostStart = Exec("# the unseal key and the root token come by hand\nvault operator unseal; vault operator unseal \"$KEY\"; sh /scripts/root-token-revoke.sh; VAULT_TOKEN=$(cat /run/token) vault status"),
        }, Outcome.Passed, null, "PROC-3"),
        Pod("FS-6", "password of a database behind a flag", "", pod => Init(pod, "setup", "--password", "hunter2"), Outcome.Passed, null, "FS-5"),
    ];

    private static IReadOnlyList<Mutation> Variables =>
    [
        Variable("UNSEAL_KEY_1", "q83vEjRWeJCrze8SNFZ4kA==", "in the environment of container vault: UNSEAL_KEY_1"),
        Variable("VAULT_RECOVERY_KEY", "***", "VAULT_RECOVERY_KEY"),
        Variable("VAULT_TOKEN", "***", "VAULT_TOKEN"),
        Variable("VAULT_DEV_ROOT_TOKEN_ID", "root", "VAULT_DEV_ROOT_TOKEN_ID"),
        Variable("WHATEVER", Token, "WHATEVER"),
        Variable("KEY_1", "***", "nothing says of which kind", Outcome.Inconclusive),
        Variable("GITHUB_TOKEN", "***", "", Outcome.Passed),
        Variable("PGPASSWORD", "***", "", Outcome.Passed),
        Variable("DATABASE_URL", "postgres://vault:FieldPgPw77@db/vault", "", Outcome.Passed),
        Release("FS-6", "variable that held a key before it was masked", "WHATEVER", release =>
        {
            release.Second.ChangeVariable("WHATEVER", "***");
            release.UnsealMaterial!.Add("vault-1/vault/WHATEVER");
        }, Outcome.Failed, null, "FS-5"),
        Release("FS-6", "masked variable in evidence that does not tell what it held", "nothing says of which kind", release =>
        {
            release.Second.ChangeVariable("WHATEVER", "***");
            release.UnsealMaterial = null;
        }, Outcome.Inconclusive, null, "FS-5"),
        Pod("FS-6", "token from a Secret", "", pod => pod.Container.Env.Add(new V1EnvVar
        {
            Name = "VAULT_TOKEN", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Key = "token", Name = "vault" } },
        }), Outcome.Passed, null, "FS-5"),
        Pod("FS-6", "variables that speak of keys", "", pod => pod.Container.Env =
        [
            .. pod.Container.Env,
            .. new[] { ("AUTO_UNSEAL", "awskms"), ("UNSEAL_THRESHOLD", "3"), ("UNSEAL_KEY_FILE", "/run/keys/1"), ("VAULT_TOKEN_TTL", "24h"), ("ROOT_TOKEN_REVOKE", "true"), ("KEY_NAME", "AutoUnseal2024") }
                .Select(item => new V1EnvVar { Name = item.Item1, Value = item.Item2 }),
        ], Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Objects =>
    [
        Release("FS-6", "Secret whose entries are called after the keys, as bank-vaults writes them", "vault-unseal-keys/vault-root, vault-unseal-keys/vault-unseal-0: called so", release =>
            release.Secrets.Add(new SecretFacts("vault-unseal-keys", "Opaque", ["vault-root", "vault-unseal-0"], new Dictionary<string, string>(), false)), Outcome.Inconclusive, null, "FS-5"),
        Release("FS-6", "Secret with unseal keys", "Secrets with unseal keys, recovery keys or a root token: vault-keys", release =>
            release.Secrets.Add(new SecretFacts("vault-keys", "Opaque", ["a"], new Dictionary<string, string>(), true)), Outcome.Failed, null, "FS-5"),
        Map("unseal keys as binary data, emptied", ": vault-extra", map => map.BinaryData = new Dictionary<string, byte[]> { ["unseal-keys"] = [] }),
        Map("output of init", ": vault-extra", map => map.Data = new Dictionary<string, string> { ["x"] = $"Unseal Key 1: {Share}\nInitial Root Token: {Token}" }),
        Release("FS-6", "ConfigMap that held keys before they were masked", ": vault-extra", release =>
        {
            release.OtherMaps.Add(Extra(map => map.BinaryData = new Dictionary<string, byte[]> { ["x"] = Encoding.UTF8.GetBytes("***") }));
            release.UnsealMaterial!.Add("configmap/vault-extra");
        }, Outcome.Failed, null, "FS-5"),
        Release("FS-6", "masked ConfigMap in evidence that does not tell what it held", "vault-extra/x: masked", release =>
        {
            release.OtherMaps.Add(Extra(map => map.Data = new Dictionary<string, string> { ["x"] = "***" }));
            release.UnsealMaterial = null;
        }, Outcome.Inconclusive, null, "FS-5"),
        Map("a script about the root token", "", map => map.Data = new Dictionary<string, string> { ["root-token-revoke.sh"] = "#!/bin/sh\n# revokes the root token\nvault token revoke \"$ROOT_TOKEN\"\n" }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Logs =>
    [
        Log("keys of a server in development mode", "vault-1/vault (root token; unseal key)", log => log with { KeysFound = ["root token", "unseal key"] }),
        Log("found in a log that is longer", "vault-1/vault (Vault token)", log => log with { KeysFound = ["Vault token"], Cut = true }),
        Log("found before the rest could not be read", "vault-1/vault (Vault token)", log => log with { KeysFound = ["Vault token"], Problem = "refused" }),
        Log("longer than what was read", "vault-1/vault: longer than the 4096 KiB that were read", log => log with { Cut = true }, Outcome.Inconclusive),
        Log("that it is whole is not recorded", "longer than", log => log with { Cut = null }, Outcome.Inconclusive),
        Log("not readable", "vault-1/vault: forbidden", log => log with { KeysFound = null, Cut = null, Bytes = null, Problem = "forbidden" }, Outcome.Inconclusive),
        Log("findings not recorded", "vault-1/vault: what is in it was not recorded", log => log with { KeysFound = null }, Outcome.Inconclusive),
        Release("FS-6", "a container whose log was not recorded", "vault-1/vault: its log was not recorded", release =>
            release.Logs = facts => facts with { Logs = [.. facts.Logs.Where(log => log.Pod != "vault-1")] }, Outcome.Inconclusive),
        Release("FS-6", "no logs recorded", "container-logs", release => release.Logs = _ => null, Outcome.Inconclusive),
    ];

    private static Mutation Arguments(string deviation, string reason, string[] arguments, Outcome outcome = Outcome.Failed, params string[] also) =>
        Pod("FS-6", $"argument {deviation}: {arguments[0]}", reason, pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, arguments[0], arguments)],
        }, outcome, null, also);

    private static Mutation Variable(string name, string value, string reason, Outcome outcome = Outcome.Failed) =>
        Pod("FS-6", $"variable {name} = {value}", reason, pod => pod.ChangeVariable(name, value), outcome, null, name == "VAULT_DEV_ROOT_TOKEN_ID" ? ["FS-5", "API-1"] : ["FS-5"]);

    private static Mutation Map(string deviation, string reason, Action<V1ConfigMap> change, Outcome outcome = Outcome.Failed) =>
        Release("FS-6", deviation, reason, release => release.OtherMaps.Add(Extra(change)), outcome, null, outcome == Outcome.Passed ? [] : ["FS-5"]);

    private static Mutation Log(string deviation, string reason, Func<ContainerLogFacts, ContainerLogFacts> change, Outcome outcome = Outcome.Failed) =>
        Release("FS-6", $"log: {deviation}", reason, release => release.Logs = facts => facts with { Logs = [.. facts.Logs.Select(log => log.Pod == "vault-1" ? change(log) : log)] }, outcome);

    private static V1ConfigMap Extra(Action<V1ConfigMap> change)
    {
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "vault-extra" } };
        change(map);
        return map;
    }

    private static V1LifecycleHandler Exec(string script) => new() { Exec = new V1ExecAction { Command = ["/bin/sh", "-c", script] } };

    private static void Init(PodEvidence pod, params string[] command) => pod.Admitted.Spec.InitContainers =
        [new V1Container { Name = "setup", Command = command, Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext }];

    private static void Sidecar(PodEvidence pod, string name) =>
        pod.Admitted.Spec.Containers.Add(new V1Container { Name = name, Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext });

    private static V1Job Job(string script)
    {
        var security = CompliantPod.Create("x").Admitted.Spec;
        return new V1Job
        {
            Metadata = new V1ObjectMeta { Name = "setup" },
            Spec = new V1JobSpec
            {
                Template = new V1PodTemplateSpec
                {
                    Spec = new V1PodSpec
                    {
                        SecurityContext = security.SecurityContext,
                        Containers = [new V1Container { Name = "setup", Command = ["sh", "-c", script], Resources = security.Containers[0].Resources, SecurityContext = security.Containers[0].SecurityContext }],
                    },
                },
            },
        };
    }
}
