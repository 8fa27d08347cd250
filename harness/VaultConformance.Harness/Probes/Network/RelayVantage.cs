using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network.Relay;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Connects from a relay pod, over the pod network. Connections that are asked for at about the same time share one exec.
/// </summary>
internal sealed class RelayVantage : INetworkVantage, IAsyncDisposable
{
    private readonly ExchangeBatcher _batcher;

    /// <summary>Connects from a pod.</summary>
    /// <param name="pod">The pod; not owned.</param>
    /// <param name="timeProvider">Clock and timer.</param>
    public RelayVantage(RelayPod pod, TimeProvider timeProvider)
        : this(new ExchangeBatcher(pod.CarryOutAsync, timeProvider))
    {
    }

    internal RelayVantage(ExchangeBatcher batcher) => _batcher = batcher;

    /// <inheritdoc />
    public NetworkRoute Route => NetworkRoute.PodNetwork;

    /// <inheritdoc />
    /// <remarks>One question, one answer: what is written after the first read is discarded.</remarks>
    public Task<Stream> ConnectAsync(NetworkEndpoint endpoint, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new RelayStream(endpoint, _batcher.AskAsync));

    /// <summary>Ends what is under way.</summary>
    public ValueTask DisposeAsync() => _batcher.DisposeAsync();
}
