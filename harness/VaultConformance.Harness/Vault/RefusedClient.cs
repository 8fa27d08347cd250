using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// Finds out whether a server that does not answer demands a client certificate that the run does not have, so that no wait can help.
/// </summary>
/// <param name="connect">Opens a byte stream to a port of a pod.</param>
/// <param name="client">Certificate of the run; null when it has none.</param>
/// <param name="timeProvider">Clock and timer.</param>
internal sealed class RefusedClient(
    Func<string, int, CancellationToken, Task<Stream>> connect, ClientCertificate? client, TimeProvider timeProvider)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TlsVersion[] Versions = [TlsVersion.Tls13, TlsVersion.Tls12];

    private readonly ProtocolOffers _offers = new(Limit, timeProvider, client);

    /// <summary>Why the run will never be let in; null when that was not seen.</summary>
    /// <param name="pods">The server pods.</param>
    /// <param name="port">Their API port.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    internal async Task<string?> FindReasonAsync(IEnumerable<string> pods, int port, CancellationToken cancellationToken)
    {
        foreach (var pod in pods)
        {
            if (await IsRefusedAsync(pod, port, cancellationToken))
            {
                return WriteText(pod);
            }
        }

        return null;
    }

    private async Task<bool> IsRefusedAsync(string pod, int port, CancellationToken cancellationToken)
    {
        foreach (var version in Versions)
        {
            var handshake = await _offers.OfferVersionAsync(token => ConnectAsync(pod, port, token), version, [null], cancellationToken);
            if (handshake.Outcome == HandshakeOutcome.Negotiated)
            {
                return handshake.ClientCertificate == (client is null ? ClientCertificateDemand.Demanded : ClientCertificateDemand.Refused);
            }
        }

        return false;
    }

    private async Task<Stream> ConnectAsync(string pod, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await connect(pod, port, cancellationToken);
        }
        catch (PortForwardException exception)
        {
            throw new NotConnectedException(exception.Message, exception);
        }
    }

    private string WriteText(string pod) => client is null
        ? $"the listener of pod '{pod}' demands a client certificate, and the run has none; give one with --client-cert and --client-key"
        : $"the listener of pod '{pod}' demands a client certificate and refuses the one {client.Origin}; let tls_client_ca_file name the "
            + "ca.crt of the TLS Secret that the run makes, or give a certificate that it accepts with --client-cert and --client-key";
}
