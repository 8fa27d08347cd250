using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Network;

/// <summary>Reads what was tried over the pod network: which connection came about, and which show that another one would have.</summary>
/// <param name="facts">What was tried.</param>
internal sealed class NetworkTrials(NetworkFacts facts)
{
    /// <summary>Ports of a server on which something was tried from outside its namespace.</summary>
    /// <param name="server">The server, as <c>pod/NAME</c>.</param>
    public IReadOnlyList<int> ListPorts(string server) =>
        [.. facts.Attempts.Where(attempt => attempt.To == server).Select(attempt => attempt.Port).Distinct().Order()];

    /// <summary>The attempt; null when there was none.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="to">Where to.</param>
    /// <param name="port">Port; null for any.</param>
    public ConnectionAttempt? Find(string from, string to, int? port = null) => facts.Attempts.FirstOrDefault(
        attempt => attempt.From == from && attempt.To == to && (port is null || attempt.Port == port));

    /// <summary>True when the attempt came about.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="to">Where to.</param>
    /// <param name="port">Port; null for any.</param>
    public bool Reached(string from, string to, int? port = null) => facts.Attempts.Any(attempt =>
        attempt.From == from && attempt.To == to && (port is null || attempt.Port == port) && attempt.Connected == true);

    /// <summary>True when a place connected to another pod: names and the API server are let through where pods are not.</summary>
    /// <param name="from">The place.</param>
    public bool CanConnect(string from) => facts.Attempts.Any(attempt =>
        attempt.From == from && attempt.To != from && attempt.Connected == true
        && attempt.To is not (NetworkPlaces.Names or NetworkPlaces.Api));

    /// <summary>True when a container connected to anything, itself included, so that it has what it takes.</summary>
    /// <param name="from">The place.</param>
    public bool HasClient(string from) => facts.Attempts.Any(attempt => attempt.From == from && attempt.Connected == true);

    /// <summary>True when somebody connected to a port of a server, be it the server itself.</summary>
    /// <param name="server">The server.</param>
    /// <param name="port">The port.</param>
    public bool Answers(string server, int port) =>
        facts.Attempts.Any(attempt => attempt.To == server && attempt.Port == port && attempt.Connected == true);
}
