using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging;
using VaultConformance.Judging.Memory;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Memory and swap.</summary>
[Family]
public sealed class MemoryControls : ControlFixture
{
    [Control(
        "MEM-1", 2, Requirement.Must,
        ValueKeys = [ChartValues.Resources + ".limits.memory", ChartValues.Resources + ".requests.memory"],
        Evidence =
        [
            "memory: swapDevices", "memory: swapMax", "memory: memoryAndSwapLimitBytes", "memory: swappiness",
            "processes: processes[].memory.swappedKilobytes",
        ])]
    public Task No_page_of_Vault_can_reach_unencrypted_swap() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var memory = await pod.ObserveAsync(ObservationKinds.Memory, cancellationToken);
        foreach (var server in (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())
        {
            Report(pod.Name, SwapProtection.Judge(memory, server, Parameters.EncryptedSwapAttestation, pod.Admitted.Status?.QosClass));
        }
    });

    [Control(
        "MEM-2", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.ProductVariable + "DISABLE_MLOCK", ChartValues.Standalone + "#disable_mlock", ChartValues.Raft + "#disable_mlock",
            ChartValues.Ha + "#disable_mlock",
        ],
        Evidence = [StateMembers.Mlock, "files: loadedConfig[].text"])]
    public async Task Disable_mlock_is_decided_once_and_at_the_top_level()
    {
        var judged = new HashSet<ServerProduct>();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
            judged.UnionWith(servers.Select(server => server.Product).OfType<ServerProduct>());
            if (servers.All(server => server.Product is { LocksMemory: false }))
            {
                ConcludeNotApplicable($"{servers[0].Product!.Name} locks no memory and has no such setting");
            }

            await JudgeDecisionAsync(pod, servers, cancellationToken);
        });
        foreach (var text in judged.Count > 0 && judged.All(product => !product.LocksMemory)
            ? []
            : ConfigMapTexts.ListRenderedByChart(await Target.ObserveAsync(ObservationKinds.Objects, Cancellation)))
        {
            await JudgePartAsync(text.Path, () => JudgeRenderedAsync(text, judged.Count > 0));
        }
    }

    [Control(
        "MEM-3", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.ContextOfContainer + "#add", ChartValues.Standalone + "#disable_mlock",
            ChartValues.Raft + "#disable_mlock", ChartValues.Ha + "#disable_mlock",
        ],
        Evidence =
        [
            StateMembers.Mlock, "processes: processes[].memory.lockedKilobytes",
            "processes: processes[].limits.lockedMemory", "processes: processes[].capabilities",
            "objects: pods[].spec.containers[].securityContext",
        ])]
    public Task Mlock_is_effective_or_not_requested() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        foreach (var server in (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())
        {
            if (await IsMlockOffAsync(pod, server, cancellationToken))
            {
                var version = (await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)).Version;
                Report(pod.Name, MlockEffect.JudgeNotGranted(pod.Admitted.ListAllContainers(), server, version));
                continue;
            }

            Report(pod.Name, MlockEffect.JudgeLocked(server));
            await JudgePartAsync(
                pod.Name,
                async () => Report(pod.Name, MlockEffect.JudgeLog(await pod.ObserveAsync(ObservationKinds.ServerLog, cancellationToken))));
        }
    });

    [Control(
        "MEM-4", 2, Requirement.Should,
        ValueKeys =
        [
            ChartValues.Resources + ".limits.memory", ChartValues.Resources + ".limits.cpu", ChartValues.Resources + ".requests.memory",
            ChartValues.Resources + ".requests.cpu",
        ],
        Evidence = ["objects: pods[].spec.containers[].resources", "memory: memoryLimitBytes"])]
    public Task Memory_is_bounded() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, pod.Admitted.ListAllContainers()
            .Where(container => !pod.Admitted.IsEphemeral(container))
            .Select(container => MemoryBounds.Judge(container, pod.Admitted.Spec.Resources)));
        Report(pod.Name, MemoryBounds.JudgeClass(pod.Admitted.Status?.QosClass));
        Report(pod.Name, MemoryBounds.Judge(
            await pod.ObserveAsync(ObservationKinds.Memory, cancellationToken), pod.Container, pod.Admitted.Spec.Resources));
    });

    private async Task JudgeDecisionAsync(ServerPod pod, IReadOnlyList<ProcessFacts> servers, CancellationToken cancellationToken)
    {
        var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
        if (state.StorageType != "raft"
            || ServerVersions.BuiltIn.Get(VersionRuleIds.ExplicitMlockDecision).Holds(ServerProduct.Vault.Name, state.Version) == false)
        {
            LowerLevel(
                Requirement.Should, $"storage is {state.StorageType} and Vault is {state.Version}; it is required for raft from 1.20 on");
        }

        var loaded = ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers);
        Report(pod.Name, StorageAgreement.Judge(state, loaded));
        var decision = MlockDecision.From(loaded);
        Report(pod.Name, decision.Judge(state, development: loaded.Count == 0));
        Report(
            pod.Name, servers.SelectMany(server => decision.JudgeVariables(new EffectiveEnvironment(server, pod.Admitted, pod.Container))));
    }

    // Without any server that was seen it is not known whether the file is Vault's or OpenBao's.
    private Task JudgeRenderedAsync(ConfigText text, bool known)
    {
        var decision = MlockDecision.From([ServerConfiguration.Read(text)]);
        const string Fact = "disable_mlock as rendered";
        Report(text.Path, known || decision.Value is not null
            ? Judgement.Of(Fact, decision.Value is not null, MlockDecision.Expected, decision.Text).Saying(decision.Sentence)
            : Judgement.Unknown(Fact, MlockDecision.Expected, $"{decision.Text}; no server was seen, and OpenBao needs no decision"));
        return Task.CompletedTask;
    }

    // What the server says it loaded comes first; its files only where it does not say. OpenBao has no mlock at all.
    private static async Task<bool> IsMlockOffAsync(ServerPod pod, ProcessFacts server, CancellationToken cancellationToken)
    {
        var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
        if (server.Product is { LocksMemory: false } || MlockDecision.FindLoaded(state.SanitizedConfig) is { } loaded && loaded)
        {
            return true;
        }

        if (state.SanitizedConfig is not null)
        {
            return false;
        }

        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        var decision = MlockDecision.From(
            ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers));
        return decision.Value
            ?? throw new ControlEndedException(Outcome.Inconclusive, $"whether mlock is requested is not known: {decision.Text}");
    }
}
