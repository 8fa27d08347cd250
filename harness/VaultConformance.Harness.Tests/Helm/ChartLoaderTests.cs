using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Tests.Helm;

[Platform("Linux", Reason = "The program that plays Helm is a shell script.")]
[CancelAfter(30_000)]
public sealed class ChartLoaderTests
{
    private const string ShowChart =
        """
        if [ -f "$3/Chart.yaml" ]; then cat "$3/Chart.yaml"; exit 0; fi
        if [ -d "$3" ]; then echo "Error: Chart.yaml file is missing" >&2; exit 1; fi
        tar -xzOf "$3" vault/Chart.yaml 2>/dev/null && exit 0
        echo "Error: file '$3' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8'" >&2; exit 1
        """;

    private TemporaryFolder _folder = null!;
    private FakeHelm _helm = null!;

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        _helm = new FakeHelm().Run("show-chart", ShowChart);
    }

    [TearDown]
    public void Remove()
    {
        _helm.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_directory_is_described_by_its_metadata(CancellationToken cancellationToken)
    {
        var folder = WriteChart("vault");

        var chart = await LoadAsync(folder, null, cancellationToken);

        Assert.That((chart.Name, chart.Version, chart.AppVersion, chart.Path), Is.EqualTo(("vault", "0.34.1", "2.0.4", folder)));
        Assert.That(chart.Sha256, Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public async Task The_digest_of_a_directory_is_that_of_its_names_and_contents(CancellationToken cancellationToken)
    {
        var first = (await LoadAsync(WriteChart("one"), null, cancellationToken)).Sha256;
        var copy = WriteChart("two");
        File.SetLastWriteTimeUtc(Path.Combine(copy, "values.yaml"), DateTime.UnixEpoch);
        var same = (await LoadAsync(copy, null, cancellationToken)).Sha256;
        File.AppendAllText(Path.Combine(copy, "values.yaml"), "# changed\n");
        var changed = (await LoadAsync(copy, null, cancellationToken)).Sha256;
        File.Move(Path.Combine(copy, "values.yaml"), Path.Combine(copy, "values2.yaml"));
        var renamed = (await LoadAsync(copy, null, cancellationToken)).Sha256;

        Assert.That(same, Is.EqualTo(first));
        Assert.That((string[])[first, changed, renamed], Is.Unique);
    }

    [Test]
    public async Task The_digest_of_an_archive_is_that_of_its_bytes(CancellationToken cancellationToken)
    {
        var archive = await ArchiveAsync(cancellationToken);

        var chart = await LoadAsync(archive, "0.34.1", cancellationToken);

        Assert.That((chart.Name, chart.Path, chart.Reference.Kind), Is.EqualTo(("vault", archive, ChartSource.Archive)));
        Assert.That(chart.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(archive, cancellationToken)))));
    }

    [Test]
    public void A_chart_that_is_not_there_is_told_with_the_forms_that_exist() =>
        Assert.That(
            () => ChartReference.Parse("/nowhere/vault"),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration).And.Message.EqualTo(
                "Chart '/nowhere/vault' was not found. Give an existing directory or .tgz file, oci://host/path/chart, https://repository/chart, hashicorp/vault or openbao/openbao."));

    [Test]
    public async Task A_directory_and_a_file_that_are_no_charts_are_told_with_Helms_words(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        var file = _folder.Write("notes.tgz", "no archive");

        await Assert.ThatAsync(
            () => LoadAsync(folder, null, cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration).And.Message.EqualTo(
                $"'helm show chart' ended with exit code 1. Last seen: Error: Chart.yaml file is missing. '{folder}' is not a Helm chart; give another one with --chart."));
        await Assert.ThatAsync(
            () => LoadAsync(file, null, cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Message.Contains("does not appear to be a gzipped archive").And.Message.EndsWith("give another one with --chart."));
    }

    [TestCase("- a list\n")]
    [TestCase("a: [\n")]
    [TestCase("")]
    public async Task Metadata_that_is_no_mapping_is_told(string metadata, CancellationToken cancellationToken)
    {
        var folder = WriteChart("vault", metadata);

        await Assert.ThatAsync(
            () => LoadAsync(folder, null, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration)
                .And.Message.StartsWith($"The metadata of chart '{folder}' is not readable: "));
    }

    [Test]
    public async Task Another_version_than_asked_for_is_refused(CancellationToken cancellationToken)
    {
        var folder = WriteChart("vault");

        await Assert.ThatAsync(
            () => LoadAsync(folder, "0.30.0", cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo($"Chart '{folder}' has version 0.34.1, but --chart-version asks for 0.30.0. Change one of them."));
    }

    [TestCase("hashicorp/vault", "vault", "--repo https://helm.releases.hashicorp.com --version 0.34.1")]
    [TestCase("https://charts.example/stable/vault", "vault", "--repo https://charts.example/stable --version 0.34.1")]
    [TestCase("oci://registry.example/charts/vault", "oci://registry.example/charts/vault", "--version 0.34.1")]
    public async Task A_remote_chart_is_pulled_once_and_then_read_from_disk(string text, string name, string options, CancellationToken cancellationToken)
    {
        var archive = await ArchiveAsync(cancellationToken);
        _helm.Run("pull", $"cp '{archive}' \"$4/vault-0.34.1.tgz\"");

        var chart = await LoadAsync(text, "0.34.1", cancellationToken);
        var again = await LoadAsync(text, "0.34.1", cancellationToken);

        var pull = _helm.Calls[0];
        Assert.That((pull[0], pull[1], pull[2], string.Join(' ', pull[4..])), Is.EqualTo(("pull", name, "--destination", options)));
        Assert.That(chart.Path, Is.EqualTo(Path.Combine(pull[3], "vault-0.34.1.tgz")));
        Assert.That(again.Sha256, Is.EqualTo(chart.Sha256));
    }

    [Test]
    public async Task A_pull_that_fails_is_told_with_the_chart_and_the_way_out(CancellationToken cancellationToken)
    {
        _helm.Answer("pull", "", "Error: looks like \"https://helm.releases.hashicorp.com\" is not a valid chart repository or cannot be reached\n", 1);

        await Assert.ThatAsync(
            () => LoadAsync("hashicorp/vault", null, cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment).And.Message.EqualTo(
                "'helm pull' ended with exit code 1. Last seen: Error: looks like \"https://helm.releases.hashicorp.com\" is not a valid chart repository or cannot be reached. "
                + "Check the name and version of chart 'hashicorp/vault' and the network, or give a local chart with --chart."));
    }

    [Test]
    public async Task A_pull_that_leaves_nothing_is_told(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => LoadAsync("hashicorp/vault", null, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo("'helm pull' of chart 'hashicorp/vault' left no archive. Give a local chart with --chart."));

    private async Task<Chart> LoadAsync(string text, string? version, CancellationToken cancellationToken) =>
        await new ChartLoader(await _helm.OpenAsync(cancellationToken), _folder.Path).LoadAsync(ChartReference.Parse(text), version, cancellationToken);

    private string WriteChart(string name, string metadata = "apiVersion: v2\nname: vault\nversion: 0.34.1\nappVersion: \"2.0.4\"\n")
    {
        _folder.Write($"{name}/templates/a.yaml", "kind: A\n");
        _folder.Write($"{name}/values.yaml", "server: {}\n");
        return Path.GetDirectoryName(_folder.Write($"{name}/Chart.yaml", metadata))!;
    }

    private async Task<string> ArchiveAsync(CancellationToken cancellationToken)
    {
        WriteChart("packed/vault");
        var path = Path.Combine(_folder.Path, "vault.tgz");
        await using var file = File.Create(path);
        await using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        await TarFile.CreateFromDirectoryAsync(Path.Combine(_folder.Path, "packed"), compressed, includeBaseDirectory: false, cancellationToken);
        return path;
    }
}
