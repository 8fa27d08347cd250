using System.Net.Security;

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

    /// <summary>Version of the ServerHello.</summary>
    public ushort? Version { get; set; }

    /// <summary>Suite of the ServerHello.</summary>
    public TlsCipherSuite? Suite { get; set; }

    /// <summary>Certificates as presented, DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; set; } = [];

    /// <summary>Fatal alert, for example <c>protocol_version(70)</c>.</summary>
    public string? Alert { get; set; }
}
