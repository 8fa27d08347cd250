using System.Text.Json.Nodes;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Facts that cannot be true together, or that are of something else than they are said to be of.</summary>
internal static class ContradictionMutations
{
    private const string OwnUid = "60d4f2f9-0935-499d-a62f-d35305976244";
    private const string OtherUid = "e7729a58-2b1b-43f4-8515-3294915403b5";

    // These three judge no facts that were seen in a pod.
    private static readonly string[] OfPods =
        [.. ControlCatalogue.BuiltIn.Controls.Select(control => control.Id.ToString()).Where(id => id is not ("CORE-1" or "CORE-5" or "ID-6" or "PROC-2" or "UPG-2"))];

    public static IReadOnlyList<Mutation> All => [.. Foreign, .. Own, .. States, .. SealedByRight, .. Versions, .. Disrupted, .. Bounds];

    private static IReadOnlyList<Mutation> Foreign =>
    [
        Doubt("environment of another pod", "VAULT_K8S_POD_NAME of vault (PID 7) is 'vault-0'", release => Environment(release.Second, "VAULT_K8S_POD_NAME", "vault-0")),
        Doubt("environment of a pod of another release", "VAULT_K8S_POD_NAME of vault (PID 7) is 'other-0'", release => Environment(release.Second, "VAULT_K8S_POD_NAME", "other-0")),
        Doubt("host name of another pod", "HOSTNAME of vault (PID 7) is 'vault-0': facts of another pod say nothing about vault-1", release => Environment(release.Second, "HOSTNAME", "vault-0")),
        Doubt("first process of another pod", "BAO_K8S_POD_NAME of docker-entrypoi (PID 1) is 'vault-0'", release => release.Second.ChangeInit(init => init with
        {
            Environment = new EnvironmentFacts(["HOME", "BAO_K8S_POD_NAME"], new Dictionary<string, string> { ["BAO_K8S_POD_NAME"] = "vault-0" }),
        })),
        Doubt("address of another pod", "VAULT_API_ADDR of vault (PID 7) is 'https://vault-0.vault-internal:8200'", release =>
            Environment(release.Second, "VAULT_API_ADDR", "https://vault-0.vault-internal:8200")),
        Doubt("mounts of another pod", "mounts are those of pod vault-0", release =>
        {
            (release.First.Admitted.Metadata.Uid, release.Second.Admitted.Metadata.Uid) = (OtherUid, OwnUid);
            Root(release.Second, $"/var/lib/kubelet/pods/{OtherUid}/volumes/kubernetes.io~empty-dir/tmp");
        }),
        Doubt("mounts of a pod that is gone", $"mounts are those of a pod with the UID {OtherUid}, not {OwnUid}", release =>
        {
            release.Second.Admitted.Metadata.Uid = OwnUid;
            Root(release.Second, $"/kubepods.slice/kubepods-pod{OtherUid.Replace('-', '_')}.slice");
        }),
        Doubt("log of another server", "Cluster Address that the server logged is 'https://vault-0.vault-internal:8201'", release =>
        {
            release.Second.Container.Env.Add(new V1EnvVar { Name = "VAULT_CLUSTER_ADDR", Value = "https://$(VAULT_K8S_POD_NAME).vault-internal:8201" });
            release.Second.Log = new ServerLogFacts(["         Cluster Address: https://vault-0.vault-internal:8201"]);
        }),
        Doubt("configuration that another server reported", "cluster_addr that the server reports is 'https://vault-0.vault-internal:8201'", release =>
        {
            release.Second.Container.Env.Add(new V1EnvVar { Name = "VAULT_CLUSTER_ADDR", Value = "https://$(VAULT_K8S_POD_NAME).vault-internal:8201" });
            Report(release.Second, "cluster_addr", "https://vault-0.vault-internal:8201");
        }),
    ];

    private static IReadOnlyList<Mutation> Own =>
    [
        Pod("CORE-1", "environment of the pod itself", "", pod => Environment(pod, "VAULT_K8S_POD_NAME", "vault-1"), Outcome.Passed),
        Pod("CORE-1", "name of the node, as in its network", "", pod => Environment(pod, "HOSTNAME", "node"), Outcome.Passed),
        Pod("CORE-1", "an address that the start script found", "", pod => Environment(pod, "VAULT_CLUSTER_ADDR", "https://10.42.0.7:8201"), Outcome.Passed),
        Pod("CORE-1", "mounts of a node that is a pod itself", "", pod =>
        {
            pod.Admitted.Metadata.Uid = OwnUid;
            Root(pod, $"/kubepods/pod{OtherUid}/0f/kubepods/pod{OwnUid}/1e");
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> States =>
    [
        Doubt("sealed server that told its configuration", "sealed, and yet it told its configuration", release => Change(release.Second, state => state with { Sealed = true })),
        Doubt("server that is not initialised and told its configuration", "not initialised, and yet it told", release => Change(release.Second, state => state with { Initialized = false, Sealed = true })),
        Doubt("server that is unsealed and was never initialised", "unsealed without being initialised", release => Change(release.Second, state => state with { Initialized = false })),
        Doubt("two active servers", "active servers: vault-0, vault-1", release => Change(release.First, state => state with { Standby = false })),
        Doubt("no active server", "none of 3, although every server is unsealed", release => Change(release.Second, state => state with { Standby = true })),
        Doubt("sealed server whose pod is labelled as unsealed", "it has labelled its pod as unsealed", release =>
        {
            Seal(release);
            release.Second.Admitted.Metadata.Labels["vault-sealed"] = "false";
        }),
        Doubt("sealed server whose pod is ready", "its pod is ready by a probe that a sealed server does not pass", release =>
        {
            Seal(release);
            Ready(release.Second);
        }),
        Doubt("another version in one pod", "vault-0 2.0.4, vault-1 1.13.0", release =>
        {
            Change(release.Second, state => state with { Version = "1.13.0" });
            release.Second.Files = release.Second.Files! with { VaultVersion = new CommandOutcome(0, "Vault v1.13.0") };
        }),
        Doubt("another version than the server labelled its pod with", "while the server has labelled its pod with 1.13.0", release => release.Second.Admitted.Metadata.Labels["vault-version"] = "1.13.0"),
    ];

    // A release that initialised itself may stay sealed, and its pods may be ready by a probe of their own.
    private static IReadOnlyList<Mutation> SealedByRight =>
    [
        Release("CORE-1", "sealed servers of a release that initialised itself", "", Seal, Outcome.Passed, also: "HA-5"),
        Release("CORE-1", "sealed servers that are ready by a probe which admits them", "", release =>
        {
            Seal(release);
            foreach (var pod in release.Servers)
            {
                Ready(pod);
                pod.Container.ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204", Scheme = "HTTPS", Port = 8200 } };
            }
        }, Outcome.Passed, also: ["HA-5", "TLS-1", "TLS-6"]),
        Release("CORE-1", "performance standbys, which are no second active server", "", release =>
        {
            Change(release.First, state => state with { Standby = false });
            release.First.Admitted.Metadata.Labels["vault-perf-standby"] = "true";
        }, Outcome.Passed),
        Pod("CORE-1", "version of an enterprise build, whose label cannot be written alike", "", pod => pod.Admitted.Metadata.Labels["vault-version"] = "2.0.4-ent", Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Versions =>
    [
        Pod("ID-7", "program of another version than the server", "1.13.0 ('Vault v1.13.0 (abc), built 2023-03-01T10:00:00Z')", pod => pod.Files = pod.Files! with
        {
            VaultVersion = new CommandOutcome(0, "Vault v1.13.0 (abc), built 2023-03-01T10:00:00Z"),
        }, Outcome.Inconclusive, null, "FS-3"),
        Pod("ID-7", "server that logged another version", "1.13.0 ('Version: Vault v1.13.0, built 2023-03-01T10:00:00Z')", pod => pod.Log = new ServerLogFacts(["             Version: Vault v1.13.0, built 2023-03-01T10:00:00Z"]), Outcome.Inconclusive),
        Pod("ID-7", "server that logged its version", "", pod => pod.Log = new ServerLogFacts(["             Go Version: go1.24.6", "                Version: Vault v2.0.4"]), Outcome.Passed),
        Pod("ID-7", "enterprise program", "", pod => pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(0, "Vault v2.0.4+ent (abc)") }, Outcome.Passed),
        Pod("ID-7", "program that prints no version", "", pod => pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(0, "Vault (dev build)") }, Outcome.Passed),
        Pod("MEM-2", "storage that is not the one of the files", "storage of the server: file by what it says, raft by its files", pod => pod.VaultState = pod.VaultState! with { StorageType = "file" },
            Outcome.Inconclusive, Requirement.Should, "HA-1", "HA-4", "TLS-7"),
        Pod("MEM-2", "two storages in what the server says", "raft and file by what it says", pod => Report(pod, "storage", new JsonObject { ["type"] = "file" }), Outcome.Inconclusive, null, "HA-4", "TLS-7"),
    ];

    private static IReadOnlyList<Mutation> Disrupted =>
    [
        Pod("PROC-4", "certificate of another server was replaced", "cafe, which the pod did not serve when it was checked", pod => pod.Reload = pod.Reload! with { Before = "cafe" }, Outcome.Inconclusive),
        Pod("PROC-4", "certificate of another server was replaced on one port", "cafe, which the pod did not serve", pod => pod.Reload = pod.Reload! with { Ports = [new ReloadedPort(8200, "cafe", "bb")] }, Outcome.Inconclusive),
        Pod("PROC-4", "digest in capital letters", "", pod => pod.Reload = pod.Reload! with { Before = pod.Reload.Before.ToUpperInvariant() }, Outcome.Passed),
        Release("CORE-5", "crash of a pod of another release", "'other-0', which does not belong to this release", release => release.Crash = release.Crash! with { Pod = "other-0" }, Outcome.Inconclusive),
        Release("CORE-5", "crash of a copy of a pod that is not there", "'vault-7-crash-canary', which does not belong", release => release.Crash = release.Crash! with { Pod = "vault-7-crash-canary" }, Outcome.Inconclusive),
        Release("CORE-5", "crash under another core pattern than the servers have", "'/cores/core.%p', while the servers saw 'core'", release => Crashed(release, "/cores/core.%p"), Outcome.Inconclusive),
        Release("PROC-2", "deletion with another grace period than that of the pod", "600 s: it was given another time to end than it has", release => release.Deletion = release.Deletion! with
        {
            GracePeriodSeconds = 600, Took = TimeSpan.FromSeconds(64), FailoverTook = TimeSpan.FromSeconds(5),
        }, Outcome.Inconclusive),
        Release("PROC-2", "deletion of a pod that declares no grace period", "", release =>
        {
            release.Second.Admitted.Spec.TerminationGracePeriodSeconds = null;
            release.Deletion = release.Deletion! with { GracePeriodSeconds = 30 };
        }, Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Bounds =>
    [
        Limit("limit of another container", 1_000_000_000_000, "1000000000000 bytes, while the container declares 256Mi", Outcome.Inconclusive),
        Limit("limit of one byte more than is declared", 268435457, "one of the two is of another container", Outcome.Inconclusive),
        Limit("limit of a page less, where pages are largest", 268435456 - 65536, "one of the two is of another container", Outcome.Inconclusive),
        Limit("limit in whole pages", 268435456 - 4096, "", Outcome.Passed),
    ];

    private static Mutation Limit(string deviation, long bytes, string reason, Outcome outcome) =>
        Pod("MEM-4", deviation, reason, pod => pod.Memory = pod.Memory! with { MemoryLimitBytes = bytes }, outcome);

    private static Mutation Doubt(string deviation, string reason, Action<ReleaseEvidence> change) => Release("CORE-1", deviation, reason, change, Outcome.Inconclusive, null, OfPods);

    private static void Crashed(ReleaseEvidence release, string pattern) => release.Crash = release.Crash! with { CorePattern = pattern };

    private static void Change(PodEvidence pod, Func<VaultServerState, VaultServerState> change) => pod.VaultState = change(pod.VaultState!);

    private static void Seal(ReleaseEvidence release)
    {
        foreach (var pod in release.Servers)
        {
            Change(pod, state => state with { Sealed = true, Standby = true, ConfigSource = VaultServerState.FromFiles });
            pod.Admitted.Metadata.Labels["vault-sealed"] = "true";
        }
    }

    private static void Ready(PodEvidence pod) => pod.Admitted.Status.Conditions = [new V1PodCondition { Type = "Ready", Status = "True" }];

    private static void Report(PodEvidence pod, string member, JsonNode value)
    {
        var config = (JsonObject)pod.VaultState!.SanitizedConfig!.DeepClone();
        config[member] = value.DeepClone();
        Change(pod, state => state with { SanitizedConfig = config });
    }

    private static void Root(PodEvidence pod, string root) => pod.ChangeMount("/tmp", mount => mount with { Root = root });

    private static void Environment(PodEvidence pod, string name, string value) => pod.ChangeVault(vault => vault with
    {
        Environment = new EnvironmentFacts(["HOME", name], new Dictionary<string, string> { ["HOME"] = "/home/vault", [name] = value }),
    });
}
