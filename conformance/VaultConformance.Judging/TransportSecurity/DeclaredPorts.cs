using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Ports of containers that the profile declares: what they speak is their own affair, as long as it is neither TLS nor Vault.
/// </summary>
/// <param name="owners">The declared containers that have a port, by port.</param>
internal sealed partial class DeclaredPorts(IReadOnlyDictionary<int, string> owners)
{
    /// <summary>The ports that declared containers have, and nobody else.</summary>
    /// <param name="pod">What is known of the pod.</param>
    /// <param name="declared">Names of the declared containers.</param>
    public static DeclaredPorts From(SocketEvidence pod, IReadOnlyList<string> declared) => new(
        pod.Reachable.GroupBy(socket => socket.Port)
            .Select(sockets => (Port: sockets.Key, Containers: sockets.Select(pod.FindSidecar).Distinct().ToList()))
            .Where(port => port.Containers.TrueForAll(name => name is not null && declared.Contains(name)))
            .ToDictionary(port => port.Port, port => string.Join(", ", port.Containers)));

    /// <summary>Why a port is not judged; null when it is.</summary>
    /// <param name="endpoint">What was seen there.</param>
    public string? Exempts(ListenerEndpoint endpoint) =>
        endpoint.Purpose == PortPurpose.Other
            && owners.TryGetValue(endpoint.Port, out var container)
            && !SpeaksTls(endpoint)
            && IsSomethingElse(endpoint.Plaintext)
            ? $"the port is that of container '{container}', which the profile declares (declaredContainers), and what answers there is "
                + "not Vault"
            : null;

    // Where plaintext is answered, only a version that is accepted makes TLS of it.
    private static bool SpeaksTls(ListenerEndpoint endpoint) => endpoint.Plaintext.Kind == PlaintextAnswerKind.HttpAnswered
        ? endpoint.Handshakes
            .Concat(endpoint.WeakSuites.Select(offer => offer.Handshake))
            .Any(handshake => handshake.Outcome == HandshakeOutcome.Negotiated)
        : ServerRefusal.SpeaksTls(endpoint);

    // A container may pass requests on to Vault, and then Vault's answer comes back in plaintext.
    private static bool IsSomethingElse(PlaintextAnswer answer) => answer.Kind switch
    {
        PlaintextAnswerKind.Refused or PlaintextAnswerKind.Silent => true,
        PlaintextAnswerKind.HttpAnswered =>
            !OfVault.IsMatch(answer.Excerpt) && (!Unreadable.IsMatch(answer.Excerpt) || Body.IsMatch(answer.Excerpt)),
        _ => false,
    };

    /// <summary>Members of the answer to the question for health, and headers that Vault sets.</summary>
    [GeneratedRegex(
        @"""(initialized|sealed|standby|errors|cluster_name|request_id)""|x-vault|strict-transport-security|content-encoding",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfVault { get; }

    /// <summary>What comes as JSON is Vault's unless enough of it can be seen.</summary>
    [GeneratedRegex("json", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unreadable { get; }

    [GeneratedRegex(@"\s{4}.*[\[{].{15}", RegexOptions.CultureInvariant)]
    private static partial Regex Body { get; }
}
