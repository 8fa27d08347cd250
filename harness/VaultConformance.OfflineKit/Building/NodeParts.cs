using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Builds what the node image is made of: the Kubernetes programs and the root file system.</summary>
/// <param name="recipe">The scripts.</param>
/// <param name="kit">Surroundings.</param>
/// <param name="scripts">Runs them.</param>
internal sealed class NodeParts(NodeRecipe recipe, KitEnvironment kit, KitScript scripts)
{
    public const string KubernetesStep = "kubernetes";

    public const string RootFileSystemStep = "root-file-system";

    private const string RootFileSystemArchive = "rootfs.tar";

    /// <summary>Folder with the Kubernetes programs.</summary>
    public Task<KitResult> BuildKubernetesAsync(CancellationToken cancellationToken) => kit.Cache.GetOrBuildAsync(
        KubernetesStep,
        recipe.KubernetesKey,
        async (folder, token) =>
        {
            kit.Note(KubernetesStep, $"building from Debian's source package, 5 to 15 minutes, once (log: {kit.LogOf(KubernetesStep)})");
            await RunAsync(
                KubernetesStep, ["golang-go", "dpkg-dev", "rsync", "jq", "make"], recipe.KubernetesScript, folder, folder, token);
        },
        cancellationToken);

    /// <summary>Archive of the node's root file system.</summary>
    public async Task<KitResult> BuildRootFileSystemAsync(CancellationToken cancellationToken)
    {
        var result = await kit.Cache.GetOrBuildAsync(
            RootFileSystemStep,
            recipe.RootFileSystemKey,
            (folder, token) => RunAsync(
                RootFileSystemStep,
                ["mmdebstrap", "debian-archive-keyring"],
                recipe.RootFileSystemScript,
                Path.Combine(folder, RootFileSystemArchive),
                folder,
                token),
            cancellationToken);
        return result with { Location = Path.Combine(result.Location, RootFileSystemArchive) };
    }

    private async Task RunAsync(
        string step, IReadOnlyList<string> needs, string script, string output, string folder, CancellationToken cancellationToken)
    {
        var archive = await DebianArchive.FromThisMachineAsync(kit.Commands, kit.Variables, cancellationToken);
        var environment = new Dictionary<string, string?> { ["DEBIAN_URI"] = archive.Uri, ["DEBIAN_KEYRING"] = archive.Keyring };
        await scripts.RunAsync(
            step, needs, new HostCommand("bash", script, output) { Environment = environment }, folder + "-temporary", cancellationToken);
    }
}
