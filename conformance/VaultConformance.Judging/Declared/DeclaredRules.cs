using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Declared;

/// <summary>Judges one server by what is declared.</summary>
/// <param name="server">The server.</param>
/// <param name="context">What else there is.</param>
internal delegate IEnumerable<Judgement> DeclaredRule(DeclaredServer server, DeclaredContext context);

/// <summary>
/// What is declared in a configuration, in variables and in a start script, and in effect whatever a cluster does. The controls judge it in
/// a running server; these rules judge it before there is one. A control without a rule finds in the objects what is declared about it, or
/// only a run can tell.
/// </summary>
internal static class DeclaredRules
{
    private static readonly Dictionary<string, DeclaredRule> ById = new(StringComparer.Ordinal)
    {
        ["API-1"] = ServerRules.JudgeRootToken,
        ["API-6"] = ServerRules.JudgeOpenEndpoints,
        ["API-7"] = ServerRules.JudgeUserInterface,
        ["API-8"] = ServerRules.JudgeSwitches,
        ["CORE-4"] = ServerRules.JudgeDumps,
        ["FS-2"] = VolumeRules.JudgeScratch,
        ["FS-4"] = VolumeRules.JudgeKeys,
        ["HA-4"] = VolumeRules.JudgeData,
        ["HA-5"] = ServerRules.JudgeProbes,
        ["ID-1"] = IdentityRules.JudgeUser,
        ["ID-2"] = IdentityRules.JudgeIdentity,
        ["ID-7"] = IdentityRules.JudgeExecution,
        ["MEM-2"] = MemoryRules.JudgeDecision,
        ["MEM-3"] = MemoryRules.JudgeCapability,
        ["PROC-3"] = ProcessRules.JudgeHook,
        ["PROC-4"] = ProcessRules.JudgeReload,
        ["PROC-5"] = ProcessRules.JudgeSharing,
        ["TLS-1"] = TransportRules.JudgeListeners,
        ["TLS-2"] = TransportRules.JudgeProtocols,
        ["TLS-6"] = TransportRules.JudgeForwarding,
        ["TLS-7"] = TransportRules.JudgeTraffic,
        ["UPG-6"] = StartRules.JudgeConfiguration,
        ["UPG-7"] = ServerRules.JudgeConflicts,
    };

    /// <summary>Ids of the controls that have a rule.</summary>
    public static IReadOnlyCollection<string> Ids => ById.Keys;

    /// <summary>The rule for a control; null when it has none.</summary>
    /// <param name="control">The control.</param>
    public static DeclaredRule? Find(ControlId control) => ById.GetValueOrDefault(control.ToString());
}
