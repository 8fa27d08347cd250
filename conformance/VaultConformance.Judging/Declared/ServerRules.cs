using VaultConformance.Judging.Api;
using VaultConformance.Judging.CoreDumps;
using VaultConformance.Judging.Quorum;
using VaultConformance.Judging.Upgrades;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Declared;

/// <summary>What arguments, variables and configuration of a server declare about dumps, the API and the configuration itself.</summary>
internal static class ServerRules
{
    /// <summary>CORE-4: nothing makes the server write its memory.</summary>
    public static IEnumerable<Judgement> JudgeDumps(DeclaredServer server, DeclaredContext context) =>
    [
        DumpTriggers.From(server.Process, server.Environment).Judge(server.Process),
        DumpTriggers.JudgeTracing(server.Configurations),
    ];

    /// <summary>API-1: nobody gives the server a root token.</summary>
    public static IEnumerable<Judgement> JudgeRootToken(DeclaredServer server, DeclaredContext context) =>
        DevelopmentServer.JudgeToken(server.Process, server.Pod, server.Container);

    /// <summary>API-6: nothing is open without a token.</summary>
    public static IEnumerable<Judgement> JudgeOpenEndpoints(DeclaredServer server, DeclaredContext context) =>
    [
        .. ServerSwitches.JudgeExposure(server.State, context.Parameters.UnauthenticatedMetrics),
        DevelopmentServer.JudgeArguments([server.Process]),
    ];

    /// <summary>API-7: no user interface that nobody declared, no log of what requests hold.</summary>
    public static IEnumerable<Judgement> JudgeUserInterface(DeclaredServer server, DeclaredContext context) => UiAndHeaders.JudgeDeclared(
        server.State, context.Parameters.Ui, LogLevels.List(server.Process, server.Pod, server.Container));

    /// <summary>API-8: switches and version.</summary>
    public static IEnumerable<Judgement> JudgeSwitches(DeclaredServer server, DeclaredContext context) =>
    [
        .. RuntimeHardening.JudgeConfiguration(server.State, attempts: null),
        .. RuntimeHardening.JudgeEnvironment(server.Process, server.Pod, server.Container),
        .. server.Product is { } product ? [RuntimeHardening.JudgeVersion(product.Name, server.Version)] : Array.Empty<Judgement>(),
    ];

    /// <summary>HA-5: probes that say of no server what is not so. What the path does not tell, a run does.</summary>
    public static IEnumerable<Judgement> JudgeProbes(DeclaredServer server, DeclaredContext context) => Eligibility
        .JudgeProbes(server.Pod, server.Container, server.State with { Version = server.Version }, context.Servers > 1)
        .Where(judgement => judgement.Outcome is Outcome.Passed or Outcome.Failed);

    /// <summary>UPG-7: one configuration that says nothing twice.</summary>
    public static IEnumerable<Judgement> JudgeConflicts(DeclaredServer server, DeclaredContext context) =>
        server.IsConfigured ? ConfigurationConflicts.Judge(server.Configurations) : [];
}
