using VaultConformance.Judging.TransportSecurity;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Declared;

/// <summary>What is declared about listeners, and about what servers say to each other.</summary>
internal static class TransportRules
{
    /// <summary>TLS-1: listeners and addresses are those of TLS.</summary>
    public static IEnumerable<Judgement> JudgeListeners(DeclaredServer server, DeclaredContext context) =>
        context.Parameters.WithoutTls
            ? []
            :
            [
                .. TlsCoherence.JudgeEnvironment(server.Environment),
                TlsCoherence.JudgeAddresses(null, server.Configurations),
                .. TlsCoherence.JudgeListeners(ListListeners(server)),
            ];

    /// <summary>TLS-2: the lowest version that listeners are to accept, and the suites that they list.</summary>
    public static IEnumerable<Judgement> JudgeProtocols(DeclaredServer server, DeclaredContext context) =>
        context.Parameters.WithoutTls
            ? []
            : ListListeners(server).Where(listener => !listener.TlsDisabled)
                .SelectMany(listener => DeclaredSuites.Judge(listener).Prepend(ProtocolFloor.JudgeConfigured(listener)));

    /// <summary>TLS-6: no listener takes client certificates from a header.</summary>
    public static IEnumerable<Judgement> JudgeForwarding(DeclaredServer server, DeclaredContext context) =>
        context.Parameters.WithoutTls ? [] : ListListeners(server).Select(TlsCoherence.JudgeHeader);

    /// <summary>TLS-7: what a server connects to is verified. One that is alone talks to no other.</summary>
    public static IEnumerable<Judgement> JudgeTraffic(DeclaredServer server, DeclaredContext context)
    {
        if (context.Parameters.WithoutTls)
        {
            return [];
        }

        var alone = context.Servers == 1 && !server.UsesRaft;
        IEnumerable<Judgement> judged =
        [
            .. ClusterTraffic.JudgeEnvironment(server.Environment),
            .. ClusterTraffic.JudgeUpstream(server.Configurations, new Surroundings(server.Environment, server.Pod)),
            .. alone ? [] : ClusterTraffic.JudgeJoin(server.Configurations),
        ];
        return judged.Where(judgement => !alone || judgement.Outcome == Outcome.Failed);
    }

    /// <summary>The listeners of a server.</summary>
    /// <param name="server">The server.</param>
    public static IReadOnlyList<LoadedListener> ListListeners(DeclaredServer server) => LoadedListener.List(server.State);
}
