namespace VaultConformance.Harness.Observations;

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

/// <summary>
/// What an endpoint wants of its clients. A demand is no refusal of the version: it comes after the endpoint has chosen it and shown who it
/// is.
/// </summary>
public enum ClientCertificateDemand
{
    /// <summary>It completes the handshake and does not ask for a certificate of the client.</summary>
    None,

    /// <summary>It asks for one and completes the handshake without.</summary>
    Optional,

    /// <summary>It asks for one and ends the handshake without; none was there to show.</summary>
    Demanded,

    /// <summary>It asks for one, ends the handshake without, and completes it with the run's.</summary>
    Accepted,

    /// <summary>It asks for one and ends the handshake without and with the run's.</summary>
    Refused,
}

/// <summary>One handshake.</summary>
/// <param name="Offered">The only version that was offered.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="CipherSuite">Chosen suite, IANA name; null unless negotiated.</param>
/// <param name="Alert">Alert of the server, for example <c>protocol_version(70)</c>; null when none came.</param>
/// <param name="Detail">A sentence on what was seen.</param>
/// <param name="Chain">Certificates as presented, leaf first, DER in Base64.</param>
/// <param name="AsksForClientCertificate">True when the server asked for a certificate of the client; null when that was not seen.</param>
/// <param name="Scope">What the offer was made of, where a refusal depends on it; null when it was not recorded.</param>
/// <param name="ClientCertificate">What the server wants of its clients; null when that was not seen.</param>
public sealed record TlsHandshake(
    TlsVersion Offered,
    HandshakeOutcome Outcome,
    string? CipherSuite,
    string? Alert,
    string Detail,
    IReadOnlyList<string> Chain,
    bool? AsksForClientCertificate = null,
    OfferScope? Scope = null,
    ClientCertificateDemand? ClientCertificate = null);

/// <summary>What an offer was made of.</summary>
/// <param name="Suites">How many cipher suites were offered altogether.</param>
/// <param name="Complete">
/// True when these were all suites that can be meant, also in small portions, so that none can be the reason for a refusal.
/// </param>
/// <param name="ServerNames">The server names (SNI) that were tried; an empty text means without one.</param>
public sealed record OfferScope(int Suites, bool Complete, IReadOnlyList<string> ServerNames);
