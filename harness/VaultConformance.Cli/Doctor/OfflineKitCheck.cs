using Docker.DotNet;
using Docker.DotNet.Models;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.Cli.Doctor;

/// <summary>Whether the offline kit is built, so that an offline run starts at once.</summary>
/// <param name="engine">The engine that keeps its node image.</param>
/// <param name="paths">Where its parts are kept.</param>
internal sealed class OfflineKitCheck(DockerEngine engine, KitPaths paths) : ICheck
{
    private const string NodeImages = "vault-conformance/k3s-node";

    /// <inheritdoc />
    public string Name => "offline kit";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) =>
        await engine.ProbeAsync(cancellationToken) is EngineStatus.Reachable reachable
            && await HasNodeImageAsync(reachable, cancellationToken)
            ? CheckResult.Fine($"built, in {paths.Cache}")
            : CheckResult.Notable(
                "not built",
                "Only needed where no registry answers. 'offline build' builds it; an offline run does so too, within 15 minutes.");

    private static async Task<bool> HasNodeImageAsync(EngineStatus.Reachable reachable, CancellationToken cancellationToken)
    {
        using var client = new DockerClientBuilder().WithEndpoint(reachable.Endpoint.Uri).Build();
        var filters =
            new Dictionary<string, IDictionary<string, bool>> { ["reference"] = new Dictionary<string, bool> { [NodeImages] = true } };
        return (await client.Images.ListImagesAsync(new ImagesListParameters { Filters = filters }, cancellationToken)).Count > 0;
    }
}
