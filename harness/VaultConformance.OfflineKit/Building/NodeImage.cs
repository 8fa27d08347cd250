using System.Formats.Tar;
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

        var kubernetes = steps.RunAsync(NodeParts.KubernetesStep, parts.BuildKubernetesAsync);
        var rootFileSystem = steps.RunAsync(NodeParts.RootFileSystemStep, parts.BuildRootFileSystemAsync);
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
        await scripts.RunAsync(
            Step, ["gcc", "libc6-dev"], new HostCommand("sh", recipe.PauseScript, recipe.PauseSource, pause), folder, cancellationToken);
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

/// <summary>
/// Writes the archive that the engine builds an image from. Owners and times are fixed, so that unchanged files hit the engine's cache.
/// </summary>
internal sealed class BuildContext(string path) : IAsyncDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TarWriter _tar = new(File.Create(path), TarEntryFormat.Pax, leaveOpen: false);

    public async Task AddFolderAsync(string folder, string name, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await AddFileAsync(file, $"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", cancellationToken);
        }
    }

    public async Task AddFileAsync(string file, string name, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            Mode = IsProgram(name) ? Executable : Readable,
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
        await _tar.WriteEntryAsync(entry, cancellationToken);
    }

    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    // A checkout does not keep modes everywhere; the place in the image says what is run.
    private static bool IsProgram(string name) =>
        name.Contains("/bin/", StringComparison.Ordinal) || name.StartsWith("kubernetes/", StringComparison.Ordinal);
}
