namespace VaultConformance.Harness.Tls;

/// <summary>Protocol versions, oldest first.</summary>
public enum TlsVersion
{
    /// <summary>SSL 3.0.</summary>
    Ssl30,

    /// <summary>TLS 1.0.</summary>
    Tls10,

    /// <summary>TLS 1.1.</summary>
    Tls11,

    /// <summary>TLS 1.2.</summary>
    Tls12,

    /// <summary>TLS 1.3.</summary>
    Tls13,
}

/// <summary>How an offer ended. "The server refused" and "we could not offer" are different facts.</summary>
public enum HandshakeOutcome
{
    /// <summary>The server chose the offered version.</summary>
    Negotiated,

    /// <summary>The offer was sent, and the server answered with an alert or closed the connection.</summary>
    RefusedByServer,

    /// <summary>The client could not make the offer; says nothing about the server.</summary>
    ClientCouldNotOffer,

    /// <summary>No connection, or it broke before the offer was sent, or nothing came back within the limit.</summary>
    ConnectionFailed,
}

/// <summary>One handshake.</summary>
/// <param name="Offered">The only version that was offered.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="CipherSuite">Chosen suite, IANA name; null unless negotiated.</param>
/// <param name="Alert">Alert of the server, for example <c>protocol_version(70)</c>; null when none came.</param>
/// <param name="Detail">A sentence on what was seen.</param>
/// <param name="Chain">Certificates as presented, leaf first, DER in Base64.</param>
public sealed record TlsHandshake(
    TlsVersion Offered, HandshakeOutcome Outcome, string? CipherSuite, string? Alert, string Detail, IReadOnlyList<string> Chain);
