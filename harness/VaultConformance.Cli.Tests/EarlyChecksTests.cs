using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli.Tests;

/// <summary>What is cheap to know is said before anything is built or started.</summary>
public sealed class EarlyChecksTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public Task A_folder_that_is_not_a_chart_is_refused()
    {
        _app.WriteWork("nochart/values.yaml", "a: b\n");
        return AssertRefusedAsync("nochart", "--chart: 'nochart' is not a Helm chart: there is no Chart.yaml in it");
    }

    [Test]
    public Task A_file_that_is_not_an_archive_is_refused()
    {
        _app.WriteWork("vault.tgz", "plain text");
        return AssertRefusedAsync("vault.tgz", "--chart: 'vault.tgz' is not a Helm chart: it is not a gzip archive (.tgz)");
    }

    [Test]
    public Task An_empty_archive_is_refused()
    {
        _app.WriteWork("vault.tgz", "");
        return AssertRefusedAsync("vault.tgz", "--chart: 'vault.tgz' is not a Helm chart: the file is empty");
    }

    [Test]
    public Task An_archive_of_something_else_is_refused()
    {
        WriteArchive("vault.tgz", gzip: true, ("vault/values.yaml", "a: b"), ("vault/charts/sub/Chart.yaml", "name: sub"));
        return AssertRefusedAsync("vault.tgz", "--chart: 'vault.tgz' is not a Helm chart: there is no Chart.yaml in the archive");
    }

    [TestCase(0.3)]
    [TestCase(0.6)]
    [TestCase(0.99)]
    public Task An_archive_that_is_cut_off_is_refused_wherever_it_ends(double part)
    {
        var noise = Convert.ToHexString(Enumerable.Range(0, 20_000).Select(number => (byte)(number * number * 31 >> 3)).ToArray());
        var path = WriteArchive("vault.tgz", gzip: true, ("vault/Chart.yaml", "name: vault"), ("vault/values.yaml", noise));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(int)(bytes.Length * part)]);
        return AssertRefusedAsync("vault.tgz", "--chart: 'vault.tgz' is cut off or damaged (unexpected end of the archive); fetch it again");
    }

    [Test]
    public async Task A_chart_is_accepted_as_folder_and_as_archive()
    {
        _app.WriteWork("vault/Chart.yaml", "name: vault\n");
        WriteArchive("vault.tgz", gzip: true, ("vault/Chart.yaml", "name: vault"));

        Assert.That((await _app.RunAsync("--chart", "vault")).Error, Is.Empty);
        Assert.That((await _app.RunAsync("--chart", "vault.tgz")).Error, Is.Empty);
    }

    [Test]
    public async Task A_chart_version_is_out_of_reach_without_a_network()
    {
        var result = await _app.RunAsync("--offline", "--chart-version", "0.30.0");

        Assert.That(result.Error, Is.EqualTo("Error: --chart-version: chart 0.30.0 cannot be fetched with --offline; give the chart as a file (--chart FILE.tgz)\n"));
        Assert.That(_app.Pipeline.Plan, Is.Null);
    }

    [TestCase("", "hashicorp/vault:1.20.4", "image 'hashicorp/vault:1.20.4' is in none of the image archives. ")]
    [TestCase("RepoTags hashicorp/vault:1.20.3", "hashicorp/vault:1.20.4", "is in none of the image archives (they hold docker.io/hashicorp/vault:1.20.3). ")]
    [TestCase("RepoTags hashicorp/vault:1.20.4", "hashicorp/vault:1.20.4", null)]
    [TestCase("RepoTags hashicorp/vault:1.20.4", "docker.io/hashicorp/vault:1.20.4", null)]
    [TestCase("RepoTags vault:latest", "vault", null)]
    [TestCase("index docker.io/hashicorp/vault:1.20.4", "hashicorp/vault:1.20.4", null)]
    [TestCase("unknown", "hashicorp/vault:1.20.4", null)]
    public async Task An_image_that_nothing_can_provide_is_refused_before_the_node_is_built(string archive, string image, string? problem)
    {
        var path = archive.Split(' ') switch
        {
            ["RepoTags", var tag] => WriteArchive("i.tar", gzip: false, ("manifest.json", $$"""[{"RepoTags": ["{{tag}}"]}]""")),
            ["index", var name] => WriteArchive("i.tar", gzip: true, ("index.json", $$$"""{"manifests": [{"annotations": {"io.containerd.image.name": "{{{name}}}"}}]}""")),
            ["unknown"] => WriteArchive("i.tar", gzip: false, ("something", "else")),
            _ => null,
        };
        await _app.RunAsync(["--vault-image", image, .. path is null ? (string[])[] : ["--image-archive", path]]);
        var plan = _app.Pipeline.Plan!;

        void Require() => OfflineInputs.RequireWithinReach(plan, (Runs.Plan.ClusterPlan.Managed)plan.Cluster);

        if (problem is null)
        {
            Assert.That(Require, Throws.Nothing);
        }
        else
        {
            Assert.That(Require, Throws.TypeOf<HarnessException>().With.Message.Contains(problem).And.Message.Contains("--image-archive"));
        }
    }

    [Test]
    public async Task A_chart_version_without_a_registry_names_no_chart_that_the_user_never_heard_of()
    {
        await _app.RunAsync("--chart-version", "0.30.0");
        var plan = _app.Pipeline.Plan!;

        Assert.That(
            () => OfflineInputs.RequireWithinReach(plan, (Runs.Plan.ClusterPlan.Managed)plan.Cluster),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                "No registry answers, so chart 0.30.0 cannot be fetched. Give the chart as a file (--chart FILE.tgz)."));
    }

    private async Task AssertRefusedAsync(string chart, string message)
    {
        var result = await _app.RunAsync("--chart", chart);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((3, $"Error: {message}\n")));
        Assert.That(_app.Pipeline.Plan, Is.Null);
    }

    private string WriteArchive(string name, bool gzip, params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(_app.WorkingFolder, name);
        using var file = File.Create(path);
        using Stream content = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var writer = new TarWriter(content);
        foreach (var (entry, text) in entries)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return path;
    }
}
