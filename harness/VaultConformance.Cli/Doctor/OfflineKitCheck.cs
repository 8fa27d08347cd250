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
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await engine.ProbeAsync(cancellationToken) is not EngineStatus.Reachable reachable)
        {
            // The engine keeps the node image; everything else is kept in files.
            return HasParts()
                ? CheckResult.Notable($"built in {paths.Cache}; the node image is unknown without an engine", "See the Docker engine.")
                : NotBuilt;
        }

        return HasParts() && await HasNodeImageAsync(reachable, cancellationToken)
            ? CheckResult.Fine($"built, in {paths.Cache}")
            : NotBuilt;
    }

    private static CheckResult NotBuilt { get; } = CheckResult.Notable(
        "not built",
        "Only needed where no registry answers. 'offline build' builds it; an offline run does so too, within 15 minutes on a quiet "
            + "machine.");

    private bool HasParts() =>
        Directory.Exists(paths.Cache)
        && Directory.EnumerateDirectories(paths.Cache).Any(kind => Directory.EnumerateDirectories(kind).Any());

    private static async Task<bool> HasNodeImageAsync(EngineStatus.Reachable reachable, CancellationToken cancellationToken)
    {
        using var client = new DockerClientBuilder().WithEndpoint(reachable.Endpoint.Uri).Build();
        var filters =
            new Dictionary<string, IDictionary<string, bool>> { ["reference"] = new Dictionary<string, bool> { [NodeImages] = true } };
        return (await client.Images.ListImagesAsync(new ImagesListParameters { Filters = filters }, cancellationToken)).Count > 0;
    }
}
