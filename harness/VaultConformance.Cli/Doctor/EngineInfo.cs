using Docker.DotNet;
using Docker.DotNet.Models;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.Cli.Doctor;

/// <summary>What the engine says about itself and its host; asked once for all checks.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineInfo(DockerEngine engine)
{
    private readonly Lock _lock = new();
    private Task<SystemInfoResponse?>? _answer;

    /// <summary>The engine's answer; null when no engine answers.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<SystemInfoResponse?> AskAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _answer ??= FetchAsync(cancellationToken);
        }
    }

    private async Task<SystemInfoResponse?> FetchAsync(CancellationToken cancellationToken)
    {
        if (await engine.ProbeAsync(cancellationToken) is not EngineStatus.Reachable reachable)
        {
            return null;
        }

        using var client = new DockerClientBuilder().WithEndpoint(reachable.Endpoint.Uri).Build();
        return await client.System.GetSystemInfoAsync(cancellationToken);
    }
}
