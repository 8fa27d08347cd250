using System.Net.Sockets;
using Docker.DotNet;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Asks an endpoint whether a Docker engine answers there.</summary>
/// <param name="timeProvider">Clock for the limit of one question.</param>
internal sealed class EngineProbe(TimeProvider timeProvider)
{
    /// <summary>How long an engine that is not busy takes at most.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<EngineStatus> AskAsync(EngineEndpoint endpoint, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (endpoint.SocketPath is { } socket && !File.Exists(socket))
        {
            return new EngineStatus.Unreachable(endpoint, $"there is no socket {socket}");
        }

        using var limit = new TimeLimit(patience, timeProvider, cancellationToken);
        try
        {
            using var client = new DockerClientBuilder().WithEndpoint(endpoint.Uri).WithTimeout(Timeout.InfiniteTimeSpan).Build();
            var version = await client.System.GetVersionAsync(limit.Token);
            return new EngineStatus.Reachable(endpoint, version.Version, version.APIVersion);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EngineStatus.Silent(endpoint, patience);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever the client throws, for an address that it cannot use too: nobody answers there.
            return new EngineStatus.Unreachable(endpoint, ReasonOf(exception));
        }
    }

    internal static string ReasonOf(Exception exception)
    {
        var innermost = exception.GetBaseException();
        return innermost is SocketException { SocketErrorCode: SocketError.AccessDenied }
            ? "permission denied; the user must be root or in the group 'docker'"
            : innermost.Message.TrimEnd('.');
    }
}
