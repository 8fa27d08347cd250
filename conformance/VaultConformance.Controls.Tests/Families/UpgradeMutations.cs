using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on values and upgrades have to notice.</summary>
internal static class UpgradeMutations
{
    public static IEnumerable<Mutation> All =>
    [
        .. Strategies, .. Values, .. Starts, .. Conflicts,
    ];

    private static IEnumerable<Mutation> Strategies =>
    [
        Release("UPG-1", "the controller rolls by itself", "RollingUpdate", release => SetStrategy(release, "RollingUpdate", partition: null)),
        Release("UPG-1", "a partition that leaves one pod to the controller", "RollingUpdate", release => SetStrategy(release, "RollingUpdate", partition: 1)),
        Release("UPG-1", "a partition that leaves no pod to the controller", "", release => SetStrategy(release, "RollingUpdate", partition: 3), Outcome.Passed),
        Release("UPG-1", "the strategy was not recorded", "does not say it", release => release.StatefulSet.Spec.UpdateStrategy = null, Outcome.Inconclusive),
        Release("UPG-1", "a controller that nobody knows", "how it updates pods is not known", release =>
        {
            foreach (var pod in release.Servers)
            {
                pod.Admitted.Metadata.OwnerReferences = [new V1OwnerReference { Kind = "CloneSet", Name = "vault", Controller = true }];
            }
        }, Outcome.Inconclusive, also: [.. OfPods]),
    ];

    private static IEnumerable<Mutation> Values =>
    [
        Value("a key that the chart does not know", "server.config (my-values.yaml:7)", Fact("server.config") with { KnownFrom = null, ChangeCount = 0, Changes = [] }),
        Value(
            "a known key below something that is switched off", "known keys whose values have no effect: injector.resources (my-values.yaml:7)", Fact("injector.resources") with { ChangeCount = 0, Changes = [], InForce = false },
            level: Requirement.Should),
        Value(
            "a key with a slip", "server.replica (my-values.yaml:7; the nearest key is server.replicas)",
            Fact("server.replica") with { KnownFrom = null, ChangeCount = 0, Changes = [], InForce = false, Candidates = ["server.replicas", "server.labels"] }),
        Value(
            "a slip above the last key", "the nearest key is server.ha.replicas",
            Fact("server.haa.replicas") with { KnownFrom = null, ChangeCount = 0, Changes = [], InForce = false, Candidates = ["server.ha", "server.standalone", "server.ha.replicas"] }),
        Value(
            "a real key in the wrong place", "the chart has server.standalone.config and server.ha.config",
            Fact("server.config") with { KnownFrom = null, ChangeCount = 0, Changes = [], Candidates = ["server.ha", "server.standalone.config", "server.ha.config"] }),
        Value("a mode that is off beside the one that is on", "", Fact("server.standalone.enabled") with { ChangeCount = 0, Changes = [], InForce = true }, Outcome.Passed),
        Value("a key that only a computed name finds", "", Fact("server.odd") with { KnownFrom = null, ChangeCount = 0, Changes = [], InForce = true }, Outcome.Passed),
        Value(
            "a value of which nobody found out whether it applies anyway", "nobody found out", Fact("server.standalone.enabled") with { ChangeCount = 0, Changes = [] },
            Outcome.Inconclusive, Requirement.Should),
        Value("a key that repeats the default", "", Fact("server.dataStorage.size") with { IsDefault = true, ChangeCount = 0, Changes = [] }, Outcome.Passed),
        Value("a key that a later file replaces", "", Fact("server.config") with { KnownFrom = null, OverriddenAt = "b.yaml:3", ChangeCount = 0, Changes = [] }, Outcome.Passed),
        Value("a key that only holds an anchor", "", Fact("x-labels") with { KnownFrom = null, HoldsAnchor = true, ChangeCount = 0, Changes = [] }, Outcome.Passed),
        Value("a key that the chart demands", "", Fact("server.license") with { KnownFrom = null, ChangeCount = -1, Changes = [] }, Outcome.Passed),
        Value("a key that only a template knows", "", Fact("server.service.type") with { KnownFrom = ValueFacts.FromTemplates }, Outcome.Passed),
        Value(
            "a field that the API server drops", "values that the cluster does not take: server.statefulSet.securityContext",
            Fact("server.statefulSet.securityContext.container.resources.limits.core") with { NotAdmitted = [CoreField], Changes = [CoreField] }),
        Value(
            "two fields of which one arrives", "", Fact("server.extraLabels.team") with { ChangeCount = 2, NotAdmitted = [CoreField], Changes = [CoreField, Field] }, Outcome.Passed),
        Value("nobody compared with the cluster", "could not be compared", Fact("server.ha.replicas") with { NotAdmitted = null }, Outcome.Inconclusive),
        Release("UPG-2", "nobody found out", "not set", release => release.Values = null, Outcome.Inconclusive),
        Release("UPG-2", "no values at all", "", release => release.Values = new ValuesFacts([], []), Outcome.Passed),
    ];

    private static IEnumerable<Mutation> Starts =>
    [
        Version("UPG-6", "Vault 2.0.1 without the capability that its binary needs", "capability IPC_LOCK: not granted", "2.0.1", also: "MEM-3"),
        Version("UPG-6", "Vault 2.0.2 needs it no more", "", "2.0.2", outcome: Outcome.Passed),
        Version("UPG-6", "an image on the Red Hat base without pidof", "pidof (preStop)", "2.0.4", pod =>
        {
            pod.Container.Image = $"hashicorp/vault:2.0.4-ubi@{PinnedImages.Digest}";
            Hook(pod, "sleep 5 && kill -TERM $(pidof vault)", ["/bin/sh", "sleep", "kill", "pidof"]);
        }),
        Version("UPG-6", "the same hook in an older image", "", "2.0.3", pod =>
        {
            pod.Container.Image = $"hashicorp/vault:2.0.3-ubi@{PinnedImages.Digest}";
            Hook(pod, "sleep 5 && kill -TERM $(pidof vault)", ["/bin/sh", "sleep", "kill", "pidof"]);
        }, Outcome.Passed),
        Version("UPG-6", "a version that is newer than what is known", "", "3.1.0", outcome: Outcome.Passed),
    ];

    private static IEnumerable<Mutation> Conflicts =>
    [
        Pod("UPG-7", "a second file with another value", "ui (", pod => AddConfig(pod, "ui = true\n")),
        Pod("UPG-7", "a second file that says the same", "", pod => AddConfig(pod, "ui = false\n"), Outcome.Passed),
        Pod("UPG-7", "a second file with another log level in another case", "log_level", pod => AddConfig(pod, "log_level = \"info\"\nLog_Level = \"debug\"\n"), also: "UPG-6"),
        Pod("UPG-7", "a second listener at the same address", "[::]:8200", pod => AddConfig(pod, "listener \"tcp\" {\n  address = \"[::]:8200\"\n}\n"), also: ["TLS-1", "TLS-2", "TLS-5", "TLS-6"]),
    ];

    private static IEnumerable<string> OfPods =>
        ControlCatalogue.BuiltIn.Controls.Select(control => control.Id.ToString()).Where(id => id is not ("CORE-5" or "ID-6" or "PROC-2" or "UPG-1" or "UPG-2"));

    private const string Field = "StatefulSet/vault: metadata.labels.team";
    private const string CoreField = "StatefulSet/vault: spec.template.spec.containers[vault].securityContext.resources.limits.core";

    private static Mutation Value(string deviation, string reason, ValueFacts value, Outcome outcome = Outcome.Failed, Requirement? level = null) => Release(
        "UPG-2", deviation, reason, release => release.Values = release.Values! with { Values = [.. release.Values.Values, value] }, outcome, level);

    private static ValueFacts Fact(string key) => new(key, "my-values.yaml", 7, ValueFacts.FromValues, false, null, false, 1, [Field], []);

    private static Mutation Version(
        string control, string deviation, string reason, string version, Action<PodEvidence>? change = null, Outcome outcome = Outcome.Failed, params string[] also) =>
        Release(control, deviation, reason, release =>
        {
            foreach (var pod in release.Servers)
            {
                pod.VaultState = pod.VaultState! with { Version = version };
                pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(0, $"Vault v{version}") };
                change?.Invoke(pod);
            }
        }, outcome, null, also);

    private static void Hook(PodEvidence pod, string script, IReadOnlyList<string> words)
    {
        string[] command = ["/bin/sh", "-c", script];
        pod.Container.Lifecycle.PreStop.Exec.Command = command;
        pod.PreStop = new PreStopFacts(command, words, []);
    }

    private static void SetStrategy(ReleaseEvidence release, string type, int? partition) => release.StatefulSet.Spec.UpdateStrategy =
        new V1StatefulSetUpdateStrategy { Type = type, RollingUpdate = partition is null ? null : new V1RollingUpdateStatefulSetStrategy { Partition = partition } };

    private static void AddConfig(PodEvidence pod, string text)
    {
        const string Path = "/vault/userconfig/extra/more.hcl";
        pod.ChangeVault(vault => vault with { CommandLine = [.. vault.CommandLine, $"-config={Path}"] });
        pod.Files = pod.Files! with
        {
            Files = [.. pod.Files.Files, pod.Files.Files.First(file => file.Purpose == "config") with { Path = Path }],
            LoadedConfig = [.. pod.Files.LoadedConfig, new ConfigText(Path, text)],
        };
    }
}
