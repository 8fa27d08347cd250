using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Reporting.Model;
using ObservedSubjects = VaultConformance.Harness.Observations.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>A chain of certificates as a listener presents it.</summary>
public sealed class ServedChain : IDisposable
{
    private readonly X509Certificate2Collection _presented;

    private ServedChain(int port, X509Certificate2Collection presented, string leaf)
    {
        Port = port;
        _presented = presented;
        LeafFingerprint = Fingerprint.Compute(leaf);
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
    /// <param name="pod">Name of the pod.</param>
    /// <param name="facts">What the pod's listeners answered.</param>
    /// <exception cref="ControlEndedException">What was presented is no certificate: inconclusive.</exception>
    public static IReadOnlyList<ServedChain> List(string pod, ListenerFacts facts) =>
    [
        .. facts.Endpoints
            .Where(endpoint => endpoint.Purpose == PortPurpose.Api)
            .SelectMany(endpoint => endpoint.Handshakes
                .Where(handshake => handshake.Chain.Count > 0)
                .DistinctBy(handshake => string.Join(' ', handshake.Chain))
                .Select(handshake => new ServedChain(endpoint.Port, Read(pod, endpoint.Port, handshake), handshake.Chain[0]))),
    ];

    /// <summary>
    /// Names handshakes that succeeded, and whose certificate nobody saw: it may be another one than those that are judged.
    /// </summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    public static IEnumerable<Judgement> JudgeUnseen(ListenerFacts facts) =>
    [
        .. facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Api).SelectMany(endpoint => endpoint.Handshakes
            .Where(handshake => handshake is { Outcome: HandshakeOutcome.Negotiated, Chain.Count: 0 })
            .Select(handshake => Judgement.Unknown(
                $"certificate of {ProtocolFloor.FormatName(handshake.Offered)} on port {endpoint.Port}",
                "presented",
                "the handshake succeeded, and which certificate it showed was not recorded"))),
    ];

    /// <summary>SHA-256 of every leaf on the ports of Vault's API.</summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    public static IReadOnlyList<string> Leaves(ListenerFacts facts) =>
    [
        .. facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Api)
            .SelectMany(endpoint => endpoint.Handshakes).Select(Fingerprint.ComputeOfLeaf).OfType<string>().Distinct(),
    ];

    /// <summary>SHA-256 of every leaf on the ports of Vault's API, by port.</summary>
    /// <param name="facts">What the pod's listeners answered.</param>
    public static ILookup<int, string> LeavesByPort(ListenerFacts facts) =>
        (from endpoint in facts.Endpoints
         where endpoint.Purpose == PortPurpose.Api
         from handshake in endpoint.Handshakes
         let leaf = Fingerprint.ComputeOfLeaf(handshake)
         where leaf is not null
         select (endpoint.Port, Leaf: leaf)).Distinct().ToLookup(item => item.Port, item => item.Leaf);

    private static X509Certificate2Collection Read(string pod, int port, TlsHandshake handshake)
    {
        var read = new X509Certificate2Collection();
        for (var place = 0; place < handshake.Chain.Count; place++)
        {
            try
            {
                read.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(handshake.Chain[place])));
            }
            catch (Exception exception) when (exception is CryptographicException or FormatException)
            {
                throw new ControlEndedException(
                    Outcome.Inconclusive,
                    $"observation 'listeners' of '{ObservedSubjects.FromPod(pod)}': chain[{place}] of the handshake with port {port} in "
                        + $"{ProtocolFloor.FormatName(handshake.Offered)} is not a certificate that can be read: {exception.Message}");
            }
        }

        return read;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var certificate in _presented)
        {
            certificate.Dispose();
        }
    }
}
