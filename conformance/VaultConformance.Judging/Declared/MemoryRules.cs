using VaultConformance.Judging.Memory;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Declared;

/// <summary>What is declared about locking memory.</summary>
internal static class MemoryRules
{
    /// <summary>MEM-2: one decision, at the top level, that no variable contradicts.</summary>
    public static IEnumerable<Judgement> JudgeDecision(DeclaredServer server, DeclaredContext context)
    {
        // Without all files a missing decision may stand in another one.
        if (server.Product is not { LocksMemory: true } || !server.IsWhole)
        {
            return [];
        }

        var decision = MlockDecision.From(server.Configurations);
        IEnumerable<Judgement> judged =
            [.. decision.Judge(server.State, development: false), .. decision.JudgeVariables(server.Environment)];
        var required = server.UsesRaft && server.Holds(VersionRuleIds.ExplicitMlockDecision) == true;
        return required ? judged : judged.Select(judgement => judgement.AsRecommendation());
    }

    /// <summary>MEM-3: what mlock would need is not granted where it is off.</summary>
    public static IEnumerable<Judgement> JudgeCapability(DeclaredServer server, DeclaredContext context)
    {
        var isOff = server.Product is { LocksMemory: false } || MlockDecision.From(server.Configurations).Value == true;
        return isOff && server.Holds(VersionRuleIds.IpcLockOnBinary) == false
            ? [MlockEffect.JudgeAdded(server.Pod.ListAllContainers())]
            : [];
    }
}
