using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>What the listeners of a server need to go on working under a change.</summary>
internal static class ListenerNeeds
{
    private const int UsualPort = 8200;
    private const int FirstOpenPort = 1024;
    private static readonly string[] ClientVariables = ["CLIENT_CERT", "CLIENT_KEY"];
    private static readonly string[] Added = ["server", "statefulSet", "securityContext", "container", "capabilities", "add"];

    /// <summary>The port that clients use: the usual one, or the only one there is.</summary>
    /// <param name="config">The server's configuration.</param>
    public static int FindPort(string config) => ListPorts(config) is [var only] ? only : UsualPort;

    /// <summary>Refuses a change that takes from the server the right to listen where it listens.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <param name="config">The configuration.</param>
    /// <exception cref="UnsafeFixException">The change does that.</exception>
    public static void RefuseLostPort(FixMap before, FixMap after, string config)
    {
        if (HasLowPorts(before) && !HasLowPorts(after) && ListPorts(config).FirstOrDefault(port => port < FirstOpenPort) is var low and > 0)
        {
            throw new UnsafeFixException(
                $"without the capability NET_BIND_SERVICE the server could not listen on port {low}; let it listen above {FirstOpenPort}, "
                    + "and the "
                    + "Service lead there");
        }
    }

    /// <summary>Refuses TLS where the listener asks every client for a certificate, and the pod's own client has none.</summary>
    /// <param name="values">The values.</param>
    /// <param name="config">The configuration.</param>
    /// <exception cref="UnsafeFixException">The probes could not ask the server.</exception>
    public static void RefuseMutualTls(FixMap values, string config)
    {
        if (ListListeners(config).Any(listener => listener.FindValue("tls_require_and_verify_client_cert")?.AsText() is "true" or "1")
            && !ClientVariables.All(variable => IsGiven(values, variable)))
        {
            throw new UnsafeFixException(
                "the listener asks every client for a certificate, and the pod's own client, which the probes run, has none; set "
                    + $"{ChartNames.ClientVariables} first");
        }
    }

    private static bool IsGiven(FixMap values, string variable) =>
        (values.FindAt(
            "server", "extraEnvironmentVars") as FixMap)?.Entries.Any(entry => ChartNames.IsVariable(entry.Key, variable)) == true
            || (values.FindAt("server", "extraSecretEnvironmentVars") as FixList)?.Items.OfType<FixMap>()
                .Any(item => item.Find("envName") is FixText name && ChartNames.IsVariable(name.Text, variable)) == true;

    private static bool HasLowPorts(FixMap values) => (values.FindAt(Added) as FixList)?.Items
        .Any(item => item is FixText { Text: "NET_BIND_SERVICE" or "CAP_NET_BIND_SERVICE" or "ALL" }) == true;

    private static List<int> ListPorts(string config) =>
        [.. ListListeners(config).Select(listener => ReadPort(listener.FindValue("address")?.AsText())).Distinct()];

    private static int ReadPort(string? address) =>
        address?.LastIndexOf(':') is { } colon and >= 0 && int.TryParse(address[(colon + 1)..], out var port) ? port : UsualPort;

    private static IEnumerable<HclBody> ListListeners(string config)
    {
        try
        {
            return HclDocument.Parse(config).Root.ListStanzas("listener").Select(stanza => stanza.Body);
        }
        catch (HclSyntaxException)
        {
            return [];
        }
    }
}
