using System.Net.Sockets;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Proves, against a listener in this process that permits everything, which versions the prober can offer.</summary>
/// <param name="timeProvider">Clock.</param>
internal sealed class ProberProving(TimeProvider timeProvider)
{
    // Generous, because a busy machine must not make a version look unprovable.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ProtocolOffers _offers = new(Limit, timeProvider);

    /// <summary>Tries every version side by side.</summary>
    public async Task<ProberProof> ProveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var listener = PermissiveListener.Start(timeProvider, VersionRange.All);
            var handshakes = await Task.WhenAll(Enum.GetValues<TlsVersion>().Select(version => Task.Run(
                () => _offers.OfferVersionAsync(listener.ConnectAsync, version, [null], cancellationToken), cancellationToken)));
            return new ProberProof(
                [.. handshakes.Where(Proves).Select(handshake => handshake.Offered)],
                [.. handshakes.Where(handshake => !Proves(handshake)).Select(DescribeProblem)]);
        }
        catch (SocketException exception)
        {
            return new ProberProof(
                [], [$"The prober could not be tried out because no local listener could be opened: {exception.Message}"]);
        }
    }

    private static bool Proves(TlsHandshake handshake) => handshake is { Outcome: HandshakeOutcome.Negotiated, Chain.Count: > 0 };

    private static string DescribeProblem(TlsHandshake handshake) =>
        $"{TlsVersions.Describe(handshake.Offered)} was not accepted by a local listener that permits it: {handshake.Detail}";
}
