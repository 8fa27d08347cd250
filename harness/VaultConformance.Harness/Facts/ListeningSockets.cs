namespace VaultConformance.Harness.Facts;

/// <summary>TCP sockets in state LISTEN of the pod's network namespace.</summary>
/// <param name="Sockets">From <c>/proc/net/tcp</c> and <c>tcp6</c>.</param>
public sealed record ListeningSockets(IReadOnlyList<ListeningSocket> Sockets);

/// <summary>One listening socket.</summary>
/// <param name="Address">Local address; <c>::</c> and <c>0.0.0.0</c> mean all.</param>
/// <param name="Port">Local port.</param>
/// <param name="Uid">Owner.</param>
public sealed record ListeningSocket(string Address, int Port, long Uid)
{
    /// <summary>True when the socket listens on the loopback interface only.</summary>
    public bool LoopbackOnly => Address == "::1" || Address.StartsWith("127.", StringComparison.Ordinal);
}
