using System.Net.Security;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>What has happened on a connection so far; stays when the connection breaks or the limit is over.</summary>
internal sealed class OfferTrace
{
    /// <summary>True once the whole offer has been handed to the connection.</summary>
    public bool Sent { get; set; }

    /// <summary>True once the server has ended the connection without a word.</summary>
    public bool Closed { get; set; }

    /// <summary>True once the server has asked for a certificate of the client; null when it was not seen whether it does.</summary>
    public bool? AsksForClientCertificate { get; set; }

    /// <summary>True once the handshake is complete, and the server has not taken that back.</summary>
    public bool Complete { get; set; }

    /// <summary>What the server wants of its clients; null when that was not seen.</summary>
    public ClientCertificateDemand? Demand => (AsksForClientCertificate, Complete) switch
    {
        (false, true) => ClientCertificateDemand.None,
        (true, true) => ClientCertificateDemand.Optional,
        (true, false) when Closed || Alert is not null => ClientCertificateDemand.Demanded,
        _ => null,
    };

    /// <summary>Version of the ServerHello.</summary>
    public ushort? Version { get; set; }

    /// <summary>Suite of the ServerHello.</summary>
    public TlsCipherSuite? Suite { get; set; }

    /// <summary>Certificates as presented, DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; set; } = [];

    /// <summary>Fatal alert, for example <c>protocol_version(70)</c>.</summary>
    public string? Alert { get; set; }
}
