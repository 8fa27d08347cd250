using System.Text.RegularExpressions;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>The merged change of the values, from recorded evidence.</summary>
public sealed class FixVerbTests
{
    private const string Values = "# our values\nserver:\n  hostNetwork: true # for the old firewall\n  ui: {}\n";
    private TestApp _app = null!;

    [SetUp]
    public void Prepare() => _app = new TestApp();

    [TearDown]
    public void Remove() => _app.Dispose();

    [Test]
    public async Task The_change_is_shown_as_a_diff_with_what_it_mends()
    {
        await RecordAsync(Values);

        var result = await _app.RunAsync("report", "--from", "out", "--fix");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        Assert.That(result.Output, Does.Contain("""
            --- deploy/values.yaml
            +++ fix.yaml
            @@ -1,4 +1,4 @@
             # our values
             server:
            -  hostNetwork: true # for the old firewall
            +  hostNetwork: false # for the old firewall
               ui: {}
            """));
        Assert.That(result.Output, Does.Contain("\nThe change mends ID-6. Install it and run again to prove it.\nA note.\n"));
        Assert.That(Directory.Exists(Path.Combine(_app.WorkingFolder, "again")), Is.False);
    }

    [TestCase("report --from out --output again")]
    [TestCase("report --from out --output again --fix")]
    [TestCase("replay out --output again")]
    public async Task A_report_comes_with_the_changed_file_and_shows_it(string line)
    {
        await RecordAsync(Values);

        await _app.RunAsync(line.Split(' '));

        Assert.That(Read("fix.yaml"), Is.EqualTo(Values.Replace("hostNetwork: true", "hostNetwork: false", StringComparison.Ordinal)));
        Assert.That(Read("report.html"), Does.Contain("What to change").And.Contain("hostNetwork: false"));
    }

    [TestCase("report --from out --output again")]
    [TestCase("replay out --output again")]
    public async Task A_page_links_only_to_evidence_that_lies_beside_it(string line)
    {
        await RecordAsync(Values);

        await _app.RunAsync(line.Split(' '));

        Assert.That(Read("report.html"), Does.Not.Contain("href=\"evidence/").And.Contain(">observations/release/objects.json</span>").And.Contain("From the evidence (out)"));
    }

    [Test]
    public async Task A_page_that_is_written_beside_its_evidence_links_to_it()
    {
        await RecordAsync(Values);

        await _app.RunAsync("report", "--from", "out", "--output", "out");

        var page = await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "out", "report.html"));
        var links = Regex.Matches(page, "href=\"(evidence/[^\"]+)\"").Select(match => Uri.UnescapeDataString(match.Groups[1].Value)).Distinct().ToList();
        Assert.That(links, Is.Not.Empty);
        Assert.That(links.Where(link => !File.Exists(Path.Combine(_app.WorkingFolder, "out", link))), Is.Empty);
    }

    [Test]
    public async Task A_replay_says_where_the_changed_file_is()
    {
        await RecordAsync(Values);

        var result = await _app.RunAsync("replay", "out", "--output", "again");

        Assert.That(result.Output, Does.Contain($"A merged change of your values is in {Path.Combine(_app.WorkingFolder, "again", "fix.yaml")}; it mends ID-6.\n"));
    }

    [Test]
    public async Task Where_values_mend_nothing_nothing_is_written_and_what_is_left_is_said()
    {
        await RecordAsync("server: {}\n");
        _app.WriteWork(Path.Combine("again", "fix.yaml"), "of an earlier report");

        var result = await _app.RunAsync("report", "--from", "out", "--output", "again", "--fix");

        Assert.That(File.Exists(Path.Combine(_app.WorkingFolder, "again", "fix.yaml")), Is.False);
        Assert.That(result.Output, Does.Contain("\nNo change of the values mends what failed.\nValues cannot mend:\n  ID-6 (your decision): Values do not mend: sharing with the host of "));
    }

    [Test]
    public async Task Evidence_without_values_says_so()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now);

        var result = await _app.RunAsync("report", "--from", "out", "--fix");

        Assert.That(result.Output, Does.Contain("This evidence was recorded without the values files, so that no change of them can be written. Run again with this version.\n"));
    }

    [Test]
    public async Task A_masked_file_is_never_recommended_without_saying_so()
    {
        await RecordAsync(Values + "  extraEnvironmentVars: {DB_PASSWORD: \"***\"}\n");

        var result = await _app.RunAsync("replay", "out", "--output", "again");

        const string Warning = "is not usable as it is: secrets are masked with *** in line 6 of it. Put your own values back first.";
        Assert.That(result.Output, Does.Contain(Warning).And.Contain("put your own values back for *** in line 6, run with it instead of your values"));
        Assert.That(Read("fix.yaml"), Does.StartWith("# NOT USABLE AS IT IS: secrets are masked with *** here."));
        Assert.That(Read("report.html"), Does.Contain(Warning));
        Assert.That(Read("summary.md").Replace("\\", string.Empty, StringComparison.Ordinal), Does.Contain(Warning));
    }

    [Test]
    public async Task Secrets_in_the_record_are_masked_again()
    {
        await RecordAsync(Values + "x: hvs.CAESIJ1pQ0exampleexampleexampleexampleexample\n");

        await _app.RunAsync("report", "--from", "out", "--output", "again");

        Assert.That(Read("fix.yaml"), Does.Not.Contain("hvs.CAES"));
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_app.WorkingFolder, "again", name));

    private async Task RecordAsync(string values)
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now);
        var folder = Path.Combine(_app.WorkingFolder, "out", "evidence");
        var record = await RunRecordFile.ReadAsync(new EvidenceFolder(folder), CancellationToken.None);
        await RunRecordFile.WriteAsync(
            folder,
            record with { Values = new RecordedValues([new RecordedValuesFile("deploy/values.yaml", values)], new Dictionary<string, string> { ["server.standalone.config"] = "ui = true\n" }, "vault", ["A note."]) },
            CancellationToken.None);
    }
}
