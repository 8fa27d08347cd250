using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>A place from which connections are made.</summary>
internal interface INetworkVantage
{
    /// <summary>What a connection from here is evidence of.</summary>
    NetworkRoute Route { get; }

    /// <summary>Connects to an endpoint.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The connection. It may be good for one question and one answer only: what is written after the first read may be discarded. Reading
    /// throws <see cref="NotConnectedException"/> when it turns out that there never was a connection.
    /// </returns>
    /// <exception cref="NotConnectedException">There is no connection.</exception>
    Task<Stream> ConnectAsync(NetworkEndpoint endpoint, CancellationToken cancellationToken);
}

/// <summary>Host and port.</summary>
/// <param name="Host">IP address or DNS name.</param>
/// <param name="Port">Port.</param>
internal sealed record NetworkEndpoint(string Host, int Port)
{
    /// <summary>Host and port as one dials them; IPv6 in brackets.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
