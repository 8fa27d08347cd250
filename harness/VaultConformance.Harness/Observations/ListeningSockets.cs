using System.Net;

namespace VaultConformance.Harness.Observations;

/// <summary>TCP sockets in state LISTEN of the pod's network namespace.</summary>
/// <param name="Sockets">From <c>/proc/net/tcp</c> and <c>tcp6</c>.</param>
public sealed record ListeningSockets(IReadOnlyList<ListeningSocket> Sockets);

/// <summary>One listening socket.</summary>
/// <param name="Address">Local address; <c>::</c> and <c>0.0.0.0</c> mean all.</param>
/// <param name="Port">Local port.</param>
/// <param name="Uid">UID that opened it.</param>
/// <param name="Inode">
/// Its number, by which the process is found that has it open (<see cref="ProcessFacts.SocketInodes"/>); null when it was not recorded.
/// </param>
public sealed record ListeningSocket(string Address, int Port, long Uid, long? Inode = null)
{
    /// <summary>True when the socket listens on the loopback interface only, also as an IPv4 address within IPv6.</summary>
    public bool LoopbackOnly => IPAddress.TryParse(Address, out var address)
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
