using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>What a run leaves in its bundle, and what can be done with it on another machine.</summary>
public sealed class BundleVerbTests
{
    private const string Canary = "c4nary-Value-9";
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task A_run_leaves_everything_in_its_bundle()
    {
        var bundle = await RunAsync();

        Assert.That(bundle.Parts.Select(part => part.Path).Where(path => !path.StartsWith("observations/pod/", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "diagnostics/pods/vault-0.txt", "observations/cluster/cluster.json", "observations/release/objects.json", "observations/release/pod-deletion.json", "plan.json",
            "release/manifest.yaml", "release/values/01-my-values--1-.yaml", "results/nunit.xml", "results/results.json", "run.json", "versions.json",
        }));
        Assert.That((bundle.Manifest.RunId, bundle.Manifest.Tool), Is.EqualTo(("r1", "vault-conformance 0.1.0")));
        Assert.That(Text(bundle, "plan.json"), Does.Contain("\"values\":[\"my values (1).yaml\"]").And.Contain("\"profile\":\"baseline@1.0\"").And.Contain("\"kind\":\"managed\""));
        Assert.That(Text(bundle, "versions.json"), Does.Contain("\"tool\":\"vault-conformance 0.1.0\"").And.Contain("\"CORE-1\":1"));
        Assert.That(Text(bundle, "release/manifest.yaml"), Is.EqualTo("kind: Pod\n"));
    }

    [Test]
    public async Task No_secret_and_no_path_of_the_machine_is_in_the_bundle()
    {
        var bundle = await RunAsync();

        foreach (var part in bundle.Parts)
        {
            Assert.That(Encoding.UTF8.GetString(part.Content.Span), Does.Not.Contain(Canary).And.Not.Contain(_app.Folder), part.Path);
        }

        Assert.That(Text(bundle, "release/values/01-my-values--1-.yaml"), Is.EqualTo("db:\n  password: \"***\"\nserver: {}\n"));
    }

    [Test]
    public async Task A_run_that_failed_leaves_a_bundle_too()
    {
        var failure = new HarnessException(FailureKind.Environment, "Pod 'vault-0' crash-loops.");
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of() with { Problem = failure.Message }, null, failure, []));

        var result = await _app.RunAsync("--output", "out");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        var bundle = BundleReader.Open(Path.Combine(_app.WorkingFolder, "out", "evidence.vcb"));
        Assert.That(Text(bundle, "results/results.json"), Does.Contain("crash-loops"));
        Assert.That(bundle.Find("results/nunit.xml"), Is.Null);
    }

    [Test]
    public async Task The_bundle_of_an_earlier_run_is_gone_before_a_run_starts()
    {
        await RunAsync();
        _app.Pipeline.Answer = (_, _, _) => throw new HarnessException(FailureKind.Environment, "No engine answers.");

        await _app.RunAsync("--output", "out");

        Assert.That(File.Exists(Path.Combine(_app.WorkingFolder, "out", "evidence.vcb")), Is.False);
    }

    [Test]
    public async Task Diagnostics_that_are_too_large_are_named_and_left_out()
    {
        var bundle = await RunAsync(folder => File.WriteAllBytes(Path.Combine(folder, "diagnostics", "huge.log"), new byte[4 * 1024 * 1024 + 1]));

        Assert.That(Text(bundle, "diagnostics/LEFT-OUT.txt"), Is.EqualTo("Too large for a bundle: huge.log\n"));
        Assert.That(bundle.Find("diagnostics/huge.log"), Is.Null);
    }

    [Test]
    public async Task A_replay_of_the_bundle_and_of_the_folder_give_the_same_results()
    {
        await RunAsync();
        File.Move(Path.Combine(_app.WorkingFolder, "out", "evidence.vcb"), Path.Combine(_app.WorkingFolder, "alone.vcb"));

        var folder = await _app.RunAsync("replay", "out", "--output", "of-folder");
        var bundle = await _app.RunAsync("replay", "alone.vcb", "--output", "of-bundle");

        Assert.That(bundle.ExitCode, Is.EqualTo(1).And.EqualTo(folder.ExitCode), bundle.Error);
        Assert.That(bundle.Output, Does.Contain("NonConformant. Required controls failed: PROC-1."));
        Assert.That(Essence("of-bundle"), Is.EqualTo(Essence("of-folder")).And.Contain("PASSED CORE-1").And.Contain("FAILED CORE-2"));
    }

    [Test]
    public async Task An_output_folder_that_has_only_the_bundle_is_enough()
    {
        await RunAsync();
        Directory.Delete(Path.Combine(_app.WorkingFolder, "out", "evidence"), recursive: true);

        Assert.That((await _app.RunAsync("replay", "out")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Reports_show_what_the_evidence_says_about_each_failure()
    {
        await RunAsync();

        var result = await _app.RunAsync("report", "--from", "out/evidence.vcb", "--output", "again");

        const string Signals = """processes[1].signals: {"blocked":0,"caught":65538,"ignored":4}""";
        var page = await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "again", "report.html"));
        var summary = await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "again", "summary.md"));
        Assert.That(result.Output, Does.Contain($"  From the evidence:\n").And.Contain($"      {Signals}\n"));
        Assert.That(summary, Does.Contain("*From the evidence:*\n\n- observations/").And.Contain("""  - processes\[1\].signals: {"blocked":0,"caught":65538,"ignored":4}"""));
        Assert.That(System.Net.WebUtility.HtmlDecode(page), Does.Contain(Signals));
        Assert.That((await _app.RunAsync("replay", "out/evidence.vcb")).Output, Does.Not.Contain("From the evidence"));
        Assert.That((await _app.RunAsync("replay", "out/evidence.vcb", "-v")).Output, Does.Contain(Signals));
    }

    [Test]
    public async Task Report_writes_every_format_and_says_where()
    {
        await RunAsync();

        var result = await _app.RunAsync("report", "--from", "out/evidence.vcb", "--output", "again");

        var folder = Path.Combine(_app.WorkingFolder, "again");
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(VaultConformance.Reporting.ReportFolder.FileNames));
        Assert.That(result.Output, Does.StartWith($"written      {Path.Combine(folder, "results.json")}\n").And.Contain("NonConformant. Required controls failed: "));
    }

    [TestCase("report --from out", "Give --output for the whole report, --fix for the change of the values, or both.")]
    [TestCase("report --output again", "Option '--from' is required.")]
    [TestCase("report --from nowhere --output again", "nowhere' does not exist. Give an evidence bundle (*.vcb), the output folder of a run, or the folder 'evidence' in it.")]
    [TestCase("report --from values.yaml --output again", "values.yaml' is refused: it is not a ZIP file. Record the evidence again, or take an untouched copy.")]
    [TestCase("report --from out --output values.yaml", "values.yaml' is a file")]
    [TestCase("replay values.yaml", "values.yaml' is refused: it is not a ZIP file. Record the evidence again, or take an untouched copy.")]
    public async Task Bad_input_is_one_message_and_nothing_is_written(string line, string message)
    {
        var result = await _app.RunAsync(line.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.StartWith("Error: ").And.Contain(message));
        Assert.That(Directory.GetFileSystemEntries(_app.WorkingFolder).Select(Path.GetFileName), Is.EqualTo(new[] { "values.yaml" }));
    }

    [TestCase("../../../escape.json", "has a path that leads elsewhere ('.' or '..')")]
    [TestCase("/tmp/escape.json", "has an absolute path")]
    [TestCase("observations/new.json", "part 'observations/new.json' is not listed in 'bundle.json'")]
    [TestCase("run.json", "entry 'run.json' is there 2 times")]
    public async Task A_bundle_with_an_entry_put_into_it_is_refused_and_nothing_is_unpacked(string name, string message)
    {
        await RunAsync();
        var path = Path.Combine(_app.WorkingFolder, "out", "evidence.vcb");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            using var stream = archive.CreateEntry(name).Open();
            stream.Write("{}"u8);
        }

        var before = Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories);
        foreach (var line in new[] { "replay out/evidence.vcb", "report --from out/evidence.vcb --output again" })
        {
            var result = await _app.RunAsync(line.Split(' '));

            Assert.That(result.ExitCode, Is.EqualTo(3));
            Assert.That(result.Error, Does.Contain(message));
        }

        Assert.That(Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories), Is.EqualTo(before));
        Assert.That(File.Exists("/tmp/escape.json"), Is.False);
    }

    [TestCase("cut off", "it is cut off, or something was put behind its end")]
    [TestCase("version", "it has version 2; this program reads version 1")]
    [TestCase("format", "it has the format 'vault-conformance-bundel'; this program reads 'vault-conformance-bundle'")]
    [TestCase("hash", "part 'run.json' is not what was recorded: its SHA-256 differs from the one that is listed")]
    [TestCase("no run", "part 'run.json' is listed in 'bundle.json', but it is not there")]
    [TestCase("key twice", "Duplicate property 'version'")]
    [TestCase("huge number", "it has version 1e999; this program reads version 1")]
    [TestCase("bomb", "entry 'diagnostics/bomb.txt' has 34603008 bytes when unpacked; at most 33554432 are allowed")]
    public async Task A_damaged_bundle_is_one_message_for_every_verb(string how, string message)
    {
        await RunAsync();
        BundleDamage.Do(how, Path.Combine(_app.WorkingFolder, "out", "evidence.vcb"));
        var before = Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories);

        foreach (var line in new[] { "replay out/evidence.vcb --output again", "report --from out/evidence.vcb --output again", "compare out out/evidence.vcb --output again" })
        {
            var result = await _app.RunAsync(line.Split(' '));

            Assert.That(result.ExitCode, Is.EqualTo(3), line);
            Assert.That(result.Error, Does.StartWith("Error: Bundle '").And.Contain(message));
        }

        Assert.That(Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories), Is.EqualTo(before));
    }

    private async Task<Bundle> RunAsync(Action<string>? alsoLeave = null)
    {
        _app.WriteWork("my values (1).yaml", $"db: {{password: {Canary}}}\nserver: {{}} # {Canary}\n");
        _app.Pipeline.Answer = (plan, _, _) =>
        {
            SampleRecords.CopyObservations("real-hardened-ha-raft", plan.EvidenceFolder);
            _app.WriteWork("out/diagnostics/pods/vault-0.txt", "Pod vault-0\n");
            alsoLeave?.Invoke(plan.OutputFolder);
            return Task.FromResult(new RunOutcome(SampleReports.Mixed(), "<test-run/>", null, []) { Manifest = "kind: Pod\n" });
        };
        await _app.RunAsync("--output", "out", "--values", "my values (1).yaml");
        return BundleReader.Open(Path.Combine(_app.WorkingFolder, "out", "evidence.vcb"));
    }

    private static string Text(Bundle bundle, string path) => Encoding.UTF8.GetString(bundle.Require(path).Span);

    private List<string> Essence(string folder) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(_app.WorkingFolder, folder, "results.json")))!["results"]!.AsArray()
            .Select(result => $"{result!["outcome"]!.ToString().ToUpperInvariant()} {result["id"]}"),
    ];
}
