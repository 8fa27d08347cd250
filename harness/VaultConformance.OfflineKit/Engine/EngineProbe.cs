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
            return new EngineStatus.Unreachable(endpoint, DescribeReason(exception)) { IsForbidden = IsForbidden(exception) };
        }
    }

    internal static string DescribeReason(Exception exception)
    {
        var innermost = exception.GetBaseException();
        return IsForbidden(exception) ? "permission denied" : innermost.Message.TrimEnd('.');
    }

    private static bool IsForbidden(Exception exception) =>
        exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.AccessDenied };
}

/// <summary>What one question to the Docker engine found.</summary>
internal abstract record EngineStatus
{
    private EngineStatus()
    {
    }

    /// <summary>The engine answers.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Version">The engine's version, for example <c>26.1.5</c>.</param>
    /// <param name="ApiVersion">Its newest API version.</param>
    public sealed record Reachable(EngineEndpoint Endpoint, string Version, string ApiVersion) : EngineStatus;

    /// <summary>No engine answers.</summary>
    /// <param name="Endpoint">Where it was asked.</param>
    /// <param name="Reason">What was seen; completes "… does not answer: ".</param>
    public sealed record Unreachable(EngineEndpoint Endpoint, string Reason) : EngineStatus
    {
        /// <summary>True when an engine may well be there, but this user may not talk to it.</summary>
        public bool IsForbidden { get; init; }
    }

    /// <summary>Something listens there and has not answered yet: the engine is there, and busy.</summary>
    /// <param name="Endpoint">Where it was asked.</param>
    /// <param name="Waited">How long nothing came.</param>
    public sealed record Silent(EngineEndpoint Endpoint, TimeSpan Waited) : EngineStatus;
}
