using Docker.DotNet;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Makes a cluster possible where no container registry answers: from distribution packages and package registries.</summary>
/// <param name="paths">Where results are kept between runs.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class KitBuilder(KitPaths paths, TimeProvider timeProvider)
{
    /// <summary>Kubernetes of the node image: the version that the pinned distribution release carries.</summary>
    public const string KubernetesVersion = "1.20.2";

    /// <summary>
    /// Returns everything that was asked for; builds what the cache and the engine do not have. A running engine is needed.
    /// </summary>
    /// <param name="request">What is needed.</param>
    /// <param name="progress">One line a step.</param>
    /// <param name="cancellationToken">Ends all steps; finished ones are kept.</param>
    /// <exception cref="HarnessException">A step failed: its last lines, its log and what to do.</exception>
    public async Task<OfflineKitArtifacts> BuildAsync(OfflineKitRequest request, IRunProgress progress, CancellationToken cancellationToken)
    {
        var kit = new KitEnvironment(
            paths, new BuildCache(paths.Cache, new Wait(timeProvider)), new HostCommands(), Environment.GetEnvironmentVariable, progress);
        using var packages = new BuildPackages(kit, LinuxHost.ReadCurrent());
        using var steps = new KitSteps(kit, timeProvider, cancellationToken);
        var scripts = new KitScript(kit, packages);
        var node =
            request.WithNodeImage ? BuildNodeAsync(request, kit, scripts, steps) : Task.FromResult(new KitResult("", FromCache: true));
        var tools = FetchToolsAsync(new KubernetesTools(kit), request.Helm, steps);
        var vault = request.WithVaultImage
            ? steps.RunAsync(VaultStandIn.Step, new VaultStandIn(Path.Combine(request.FixturesFolder, "standin"), kit, scripts).EnsureAsync)
            : Task.FromResult(new KitResult("", FromCache: true));
        await Task.WhenAll(node, tools, vault);

        var (helm, kubectl) = await tools;
        var archive = (await vault).Location;
        var image = archive.Length == 0 ? "" : await VaultStandIn.ReadNameAsync(archive, cancellationToken);
        return new OfflineKitArtifacts((await node).Location, image, archive, helm, kubectl, steps.Timings);
    }

    private static async Task<KitResult> BuildNodeAsync(OfflineKitRequest request, KitEnvironment kit, KitScript scripts, KitSteps steps)
    {
        using var client = new DockerClientBuilder().WithEndpoint(EngineEndpoint.FromEnvironment(kit.Variables).Uri).Build();
        var recipe = new NodeRecipe(Path.Combine(request.FixturesFolder, "images", "node"));
        return await new NodeImage(recipe, new NodeParts(recipe, kit, scripts), scripts, client).EnsureAsync(steps);
    }

    private static async Task<(string Helm, string Kubectl)> FetchToolsAsync(
        KubernetesTools tools, HelmVersionChoice choice, KitSteps steps)
    {
        var kubectl = "";
        var helm = await steps.RunAsync(KubernetesTools.Step, async token =>
        {
            (var result, kubectl) = await tools.EnsureAsync(choice, token);
            return result;
        });
        return (helm.Location, kubectl);
    }
}

/// <summary>What a step made.</summary>
/// <param name="Location">Where it is: a folder, a file or the name of an image.</param>
/// <param name="FromCache">False when it was built now.</param>
internal sealed record KitResult(string Location, bool FromCache);
