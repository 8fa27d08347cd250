using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Says whose ways to the servers, and whose hooks, a change closes.</summary>
internal static class AccessNeeds
{
    private static readonly string[] Containers = ["extraInitContainers", "extraContainers"];

    private static readonly (string Key, string Need)[] Ways =
    [
        ("ingress", "An Ingress controller that speaks https to the servers, or passes TLS through: server.ingress sends plain HTTP unless "
            + "annotations tell it otherwise (for ingress-nginx: nginx.ingress.kubernetes.io/backend-protocol: HTTPS)."),
        ("httproute", "A BackendTLSPolicy for the Service that server.httproute leads to: without one the gateway sends plain HTTP."),
        ("route", "A Route that passes TLS through, or encrypts it again: server.route.tls.termination passthrough or reencrypt."),
    ];

    /// <summary>What has to be so before the changed values are installed.</summary>
    /// <param name="facts">The values.</param>
    /// <param name="fullName">What the chart calls its objects.</param>
    public static IEnumerable<string> List(ClaimFacts facts, string fullName) =>
    [
        .. Ways.Where(way => facts.SwitchesTls && ChartMode.IsOn(facts.After, "server", way.Key, "enabled")).Select(way => way.Need),
        .. ListClosedWays(facts, fullName),
        .. ListOthersInPod(facts),
    ];

    private static IEnumerable<string> ListClosedWays(ClaimFacts facts, string fullName)
    {
        if (ChartMode.IsOn(facts.Before, "server", "hostNetwork") && !ChartMode.IsOn(facts.After, "server", "hostNetwork"))
        {
            yield return "Nobody who reaches the servers at the addresses of their nodes: server.hostNetwork is switched off.";
        }

        if (facts.Changes("service", "publishNotReadyAddresses"))
        {
            yield return $"Nobody who initialises or unseals servers through a Service for clients: sealed servers are behind none of them "
                + $"then. Use {fullName}-internal or the pods.";
        }

        if (facts.Changes("serviceAccount", "createSecret") && facts.Read("serviceAccount", "createSecret") == "false")
        {
            yield return "Nobody who uses the token in the Secret of server.serviceAccount.createSecret, for example a Vault "
                + "elsewhere that has tokens checked here: the Secret goes with the next upgrade.";
        }
    }

    private static IEnumerable<string> ListOthersInPod(ClaimFacts facts)
    {
        if (facts.After.FindAt("server", "postStart") is FixList { Items.Count: > 0 }
            && facts.Changes("statefulSet", "securityContext", "container", "readOnlyRootFilesystem"))
        {
            yield return "A server.postStart that writes to volumes only: the root file system becomes read-only, and the kubelet ends a "
                + "container whose hook fails.";
        }

        if (facts.ReadPod("runAsUser") is { } user && facts.Changes("statefulSet", "securityContext", "pod")
            && ListWithoutUser(facts) is { Count: > 0 } others)
        {
            yield return $"Containers that can run as user {user}: the pod's user holds for all that name none of their own "
                + $"({string.Join(", ", others)}).";
        }
    }

    private static List<string> ListWithoutUser(ClaimFacts facts) =>
    [
        .. from key in Containers
           from container in facts.List(key)
           where container.FindAt("securityContext", "runAsUser") is not FixText { IsNothing: false }
           select $"server.{key}: {ClaimFacts.ReadItem(container, "name") ?? "one without a name"}",
    ];
}
