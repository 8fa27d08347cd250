using Docker.DotNet;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>The node image in the engine's store, named after everything that it is made of.</summary>
/// <param name="recipe">Its files.</param>
/// <param name="parts">Builds what goes into it.</param>
/// <param name="scripts">Runs the script that makes the pause image.</param>
/// <param name="client">The engine.</param>
internal sealed class NodeImage(NodeRecipe recipe, NodeParts parts, KitScript scripts, IDockerClient client)
{
    public const string Step = "node-image";

    private const string Repository = "vault-conformance/k3s-node";

    private const string BaseRepository = "vault-conformance/k3s-base";

    private readonly EngineImages _images = new(client, Step);

    public string Name { get; } = $"{Repository}:{recipe.ImageKey}";

    /// <summary>Makes sure that the engine has the image.</summary>
    public async Task<KitResult> EnsureAsync(KitSteps steps)
    {
        if (await _images.HasAsync(Name, steps.Token))
        {
            return await steps.RunAsync(Step, _ => Task.FromResult(new KitResult(Name, FromCache: true)));
        }

        var kubernetes = steps.RunAsync(NodeParts.KubernetesStep, parts.KubernetesAsync);
        var rootFileSystem = steps.RunAsync(NodeParts.RootFileSystemStep, parts.RootFileSystemAsync);
        await Task.WhenAll(kubernetes, rootFileSystem);
        var (programs, archive) = ((await kubernetes).Location, (await rootFileSystem).Location);
        return await steps.RunAsync(Step, token => AssembleAsync(programs, archive, token));
    }

    private async Task<KitResult> AssembleAsync(string kubernetes, string rootFileSystem, CancellationToken cancellationToken)
    {
        var tag = recipe.RootFileSystemKey.ToString();
        if (!await _images.HasAsync($"{BaseRepository}:{tag}", cancellationToken))
        {
            await _images.ImportAsync(rootFileSystem, BaseRepository, tag, cancellationToken);
        }

        var folder = Directory.CreateTempSubdirectory("vault-conformance-node-").FullName;
        try
        {
            await BuildAsync(folder, kubernetes, $"{BaseRepository}:{tag}", cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return new KitResult(Name, FromCache: false);
    }

    private async Task BuildAsync(string folder, string kubernetes, string baseImage, CancellationToken cancellationToken)
    {
        var pause = Path.Combine(folder, "pause.tar");
        await scripts.RunAsync(Step, ["gcc", "libc6-dev"], new HostCommand("sh", recipe.PauseScript, recipe.PauseSource, pause), folder, cancellationToken);
        var context = Path.Combine(folder, "context.tar");
        await using (var archive = new BuildContext(context))
        {
            await archive.AddFileAsync(recipe.Dockerfile, "Dockerfile", cancellationToken);
            await archive.AddFileAsync(pause, "pause.tar", cancellationToken);
            await archive.AddFolderAsync(kubernetes, "kubernetes", cancellationToken);
            await archive.AddFolderAsync(recipe.NodeScripts, "rootfs", cancellationToken);
        }

        await _images.BuildAsync(context, Name, new Dictionary<string, string> { ["BASE"] = baseImage }, cancellationToken);
    }
}
