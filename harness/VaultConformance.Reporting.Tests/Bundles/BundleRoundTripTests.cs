using System.IO.Compression;
using System.Text;
using FsCheck.Fluent;
using NJsonSchema;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests.Bundles;

public sealed class BundleRoundTripTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("bundle-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_written_is_read_again()
    {
        var sample = new SampleBundle();
        var path = Path.Combine(_folder, "new", "evidence.vcb");

        await BundleWriter.WriteAsync(path, SampleBundle.About, sample.AsParts(), CancellationToken.None);
        var bundle = BundleReader.Open(path);

        Assert.That(bundle.Parts.Select(part => part.Path), Is.EqualTo(sample.Parts.Keys));
        Assert.That(bundle.Parts.Select(part => Encoding.UTF8.GetString(part.Content.Span)), Is.EqualTo(sample.Parts.Values.Select(Encoding.UTF8.GetString)));
        Assert.That((bundle.Manifest.RunId, bundle.Manifest.Tool, bundle.Manifest.Created), Is.EqualTo(("r7f3", "vault-conformance 0.1.0", SampleReports.Start)));
        Assert.That(bundle.Manifest.Parts.Select(part => (part.Path, part.Size, part.MediaType)).First(), Is.EqualTo(("diagnostics/logs/vault-0.vault.log", 5L, "text/plain")));
        Assert.That(bundle.Sha256, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path)))));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(_folder, "new")), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void Equal_content_gives_equal_bytes_in_whatever_order_and_form_it_comes()
    {
        var sample = new SampleBundle();
        List<BundlePart> other =
        [
            .. sample.AsParts().Reverse().Select(part => part.Path == "observations/pod/vault-0/memory.json"
                ? part with { Content = SampleBundle.Utf8("{\n  \"limit\": 9223372036854771712,\n  \"kind\": \"memory\"\n}\n") }
                : part),
        ];

        Assert.That(BundleWriter.WriteBytes("b", SampleBundle.About, other), Is.EqualTo(BundleWriter.WriteBytes("a", SampleBundle.About, sample.AsParts())));
    }

    [Test]
    public void Entries_are_sorted_and_have_no_time_of_their_own()
    {
        using var archive = new ZipArchive(new MemoryStream(BundleWriter.WriteBytes("b", SampleBundle.About, new SampleBundle().AsParts())));

        Assert.That(archive.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "bundle.json" }.Concat(new SampleBundle().Parts.Keys)));
        Assert.That(archive.Entries.Select(entry => entry.LastWriteTime.DateTime).Distinct(), Is.EqualTo(new[] { new DateTime(1980, 1, 1) }));
    }

    [Test]
    public async Task The_manifest_is_as_its_schema_says()
    {
        using var archive = new ZipArchive(new MemoryStream(BundleWriter.WriteBytes("b", SampleBundle.About, new SampleBundle().AsParts())));
        using var manifest = new StreamReader(archive.GetEntry("bundle.json")!.Open());
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "bundle-1.schema.json"));
        var text = await manifest.ReadToEndAsync();

        Assert.That(schema.Validate(text).Select(error => error.ToString()), Is.Empty);
        Assert.That(schema.Validate(text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)), Is.Not.Empty);
    }

    [Test]
    public void Any_content_comes_back_as_it_was() => FsCheck.Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(50),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), content =>
        {
            var sample = new SampleBundle();
            sample.Parts["diagnostics/any.txt"] = content;
            return BundleReader.Read("b", BundleWriter.WriteBytes("b", SampleBundle.About, sample.AsParts())).Require("diagnostics/any.txt").Span.SequenceEqual(content);
        }));

    [Test]
    public void Whoever_asks_for_a_part_that_is_not_there_is_told()
    {
        var bundle = BundleReader.Read("a.vcb", new SampleBundle().Forge());

        Assert.That(bundle.Find("results/nunit.xml"), Is.Null);
        Assert.That(() => bundle.Require("results/nunit.xml"), Throws.TypeOf<BundleException>().With.Message.StartsWith("Bundle 'a.vcb' is refused: there is no part 'results/nunit.xml'."));
    }

    [Test]
    public void What_could_not_be_read_again_is_not_written()
    {
        var path = Path.Combine(_folder, "evidence.vcb");
        var sample = new SampleBundle();
        sample.Parts["observations/../../escape.json"] = SampleBundle.Utf8("{}");

        Assert.That(
            async () => await BundleWriter.WriteAsync(path, SampleBundle.About, sample.AsParts(), CancellationToken.None),
            Throws.TypeOf<BundleException>().With.Message.Contains("entry 'observations/../../escape.json' has a path that leads elsewhere"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void A_part_that_is_no_JSON_is_told_when_it_is_written()
    {
        var sample = new SampleBundle();
        sample.Parts["observations/cluster/cluster.json"] = SampleBundle.Utf8("{\"a\":1,\"a\":1}");

        Assert.That(
            () => BundleWriter.WriteBytes("x.vcb", SampleBundle.About, sample.AsParts()),
            Throws.TypeOf<BundleException>().With.Message.StartsWith("Bundle 'x.vcb' is refused: part 'observations/cluster/cluster.json' is not JSON that can be kept: Duplicate property 'a'"));
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full is how Linux plays a full disk")]
    public void A_full_disk_is_told_and_leaves_no_part_of_a_file()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "evidence.vcb.part"), "/dev/full");

        Assert.That(
            async () => await BundleWriter.WriteAsync(Path.Combine(_folder, "evidence.vcb"), SampleBundle.About, new SampleBundle().AsParts(), CancellationToken.None),
            Throws.TypeOf<ReportWriteException>().With.Message.Contains("No space left on device"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase("values.yaml", "values.yaml")]
    [TestCase("my values (2).yaml", "my-values--2-.yaml")]
    [TestCase("../../etc/passwd", "-..-etc-passwd")]
    [TestCase("C:\\x.yaml", "C--x.yaml")]
    [TestCase("..", "-")]
    [TestCase("größe.yaml", "gr--e.yaml")]
    public void Any_name_can_become_a_step_of_a_path(string name, string step)
    {
        Assert.That(BundlePath.Step(name), Is.EqualTo(step));
        Assert.That(BundlePath.ExplainRefusal($"release/values/{BundlePath.Step(name)}"), Is.Null);
    }
}
