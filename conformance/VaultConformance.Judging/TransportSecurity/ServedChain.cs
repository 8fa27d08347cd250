using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>A chain of certificates as a listener presents it.</summary>
internal sealed class ServedChain : IDisposable
{
    private readonly X509Certificate2Collection _presented = [];

    private ServedChain(int port, IReadOnlyList<string> presented)
    {
        Port = port;
        foreach (var certificate in presented)
        {
            _presented.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(certificate)));
        }

        LeafFingerprint = Fingerprint.Of(presented[0]);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The server's own certificate.</summary>
    public X509Certificate2 Leaf => _presented[0];

    /// <summary>Everything that was presented, leaf first.</summary>
    public X509Certificate2Collection Presented => _presented;

    /// <summary>SHA-256 of the leaf, lower-case hexadecimal.</summary>
    public string LeafFingerprint { get; }

    /// <summary>The different chains on the ports of Vault's API.</summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">What was presented is no certificate.</exception>
    public static IReadOnlyList<ServedChain> Of(ListenerFacts facts) =>
    [
        .. facts.Endpoints
            .Where(endpoint => endpoint.Purpose == PortPurpose.Api)
            .SelectMany(endpoint => endpoint.Handshakes
                .Where(handshake => handshake.Chain.Count > 0)
                .DistinctBy(handshake => string.Join(' ', handshake.Chain))
                .Select(handshake => new ServedChain(endpoint.Port, handshake.Chain))),
    ];

    /// <summary>Names handshakes that succeeded, and whose certificate nobody saw: it may be another one than those that are judged.</summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    public static IEnumerable<Judgement> JudgeUnseen(ListenerFacts facts) =>
    [
        .. facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Api).SelectMany(endpoint => endpoint.Handshakes
            .Where(handshake => handshake is { Outcome: HandshakeOutcome.Negotiated, Chain.Count: 0 })
            .Select(handshake => Judgement.Unknown(
                $"certificate of {ProtocolFloor.Name(handshake.Offered)} on port {endpoint.Port}", "presented", "the handshake succeeded, and which certificate it showed was not recorded"))),
    ];

    /// <summary>SHA-256 of every leaf on the ports of Vault's API.</summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    public static IReadOnlyList<string> Leaves(ListenerFacts facts) =>
    [
        .. facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Api)
            .SelectMany(endpoint => endpoint.Handshakes).Select(Fingerprint.OfLeaf).OfType<string>().Distinct(),
    ];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var certificate in _presented)
        {
            certificate.Dispose();
        }
    }
}
