using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>
/// The image archive of the Vault stand-in. <c>fixtures/standin/build.sh FOLDER</c> makes <c>vault-standin.tar</c>, an archive as
/// <c>docker save</c> writes it, and <c>image.txt</c>, the image's name and tag.
/// </summary>
/// <param name="folder">The folder <c>fixtures/standin</c>.</param>
/// <param name="kit">Surroundings.</param>
/// <param name="scripts">Runs the script.</param>
internal sealed class VaultStandIn(string folder, KitEnvironment kit, KitScript scripts)
{
    public const string Step = "vault-stand-in";

    private const string Archive = "vault-standin.tar";

    private const string NameFile = "image.txt";

    public async Task<KitResult> EnsureAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(folder, "build.sh");
        if (!File.Exists(script))
        {
            throw KitStepException.Refused(Step, $"there is no '{script}'", "Run from a complete checkout of the repository");
        }

        var result = await kit.Cache.GetOrBuildAsync(
            Step, new ContentKey().AddFolder(folder), (output, token) => BuildAsync(script, output, token), cancellationToken);
        return result with { Location = Path.Combine(result.Location, Archive) };
    }

    public static async Task<string> ReadNameAsync(string archive, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(archive)!, NameFile), cancellationToken)).Trim();

    private async Task BuildAsync(string script, string output, CancellationToken cancellationToken)
    {
        await scripts.RunAsync(Step, [], new HostCommand("bash", script, output), output + "-temporary", cancellationToken);
        foreach (var file in (string[])[Archive, NameFile])
        {
            if (!File.Exists(Path.Combine(output, file)))
            {
                throw KitStepException.Refused(Step, $"'{script}' ended well and made no '{file}'", $"See its log {kit.LogOf(Step)}");
            }
        }
    }
}
