using System.Text.Json.Nodes;
using System.Xml.Linq;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.OfflineKit;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests.Lint;

/// <summary>What chart and values declare, judged by the command line: reports, words, exit codes.</summary>
public sealed class LintVerbTests
{
    private static readonly string Root = RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root;
    private static readonly string Chart = Path.Combine(Root, "fixtures", "chart");

    private TestApp _app = null!;

    [SetUp]
    public void CreateApp()
    {
        var kit = Path.Combine(KitPaths.FromEnvironment(Environment.GetEnvironmentVariable).Cache, "helm");
        var helm = Directory.Exists(kit) ? Directory.EnumerateFiles(kit, "helm", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (helm is null)
        {
            Assert.Ignore("Helm is not in the offline kit of this machine: nothing can be rendered.");
        }

        _app = new TestApp();
        _app.Variables["PATH"] = Path.GetDirectoryName(helm)!;
        _app.Variables[KitPaths.Variable] = Path.Combine(_app.Folder, "cache");
        _app.WriteWork("good.yaml", File.ReadAllText(Path.Combine(Root, "fixtures", "values", "compliant", "standalone-tls.yaml")));
        _app.WriteWork("bad.yaml", "global:\n  tlsDisable: true\nserver:\n  updateStrategyType: RollingUpdate\n");
    }

    [TearDown]
    public void RemoveApp() => _app?.Dispose();

    [Test]
    public async Task Good_values_are_declared_and_nothing_is_proved()
    {
        var result = await LintAsync("good.yaml", "-o", "results");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("Declared. Nothing that is declared fails a required control. That proves nothing of a running server: 'run' does."));
        var results = JsonNode.Parse(File.ReadAllText(Written("results.json")))!;
        Assert.That($"{results["verdict"]} {results["onlyDeclared"]}", Is.EqualTo("Declared true"));
        Assert.That(((JsonArray)results["results"]!).Select(row => row!["outcome"]!.ToString()).Distinct(), Is.SubsetOf(new[] { "Declared", "RunOnly", "NotApplicable", "Failed" }));
        Assert.That(((JsonArray)results["results"]!).Where(row => row!["outcome"]!.ToString() == "Failed").Select(row => row!["id"]!.ToString()), Is.EqualTo(new[] { "K8S-5" }), "only the tag of the image");
        Assert.That(((JsonArray)results["results"]!).Where(row => row!["outcome"]!.ToString() != "NotApplicable").Select(row => row!["leftToRun"]?.ToString()), Has.All.StartsWith("Only a run shows: "));
        Assert.That(((JsonArray)results["results"]!).SelectMany(row => (JsonArray)row!["findings"]!).Select(finding => ((JsonArray)finding!["evidence"]!).Count), Is.All.Zero);
    }

    [Test]
    public async Task What_fails_stands_in_every_format_with_its_line()
    {
        var result = await LintAsync("bad.yaml", "-o", "results");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("UPG-1 failed (MUST)").And.Contain("NonConformant. Required controls failed: ").And.Contain("TLS-1"));
        Assert.That(result.Output, Does.Not.Contain("passed"));
        Assert.That(File.ReadAllText(Written("annotations.txt")), Does.Contain("::error file=bad.yaml,line=4,title=UPG-1 (MUST) "));
        Assert.That(File.ReadAllText(Written("gl-code-quality.json")), Does.Contain("\"check_name\": \"UPG-1\""));
        Assert.That(File.ReadAllText(Written("summary.md")), Does.StartWith("# NonConformant: vault ").And.Contain("❌ **Failed**").And.Contain("📄 Declared").And.Contain("▶️ Only a run can tell").And.Not.Contain("✅"));
        Assert.That(File.ReadAllText(Written("report.html")), Does.Contain("Only a run can tell").And.Contain("As declared").And.Not.Contain("In effect"));
        Assert.That(File.ReadAllText(Written("fix.yaml")), Does.Contain("OnDelete"));
        var place = SarifOf("UPG-1")["locations"]![0]!["physicalLocation"]!;
        Assert.That($"{place["artifactLocation"]!["uri"]}:{place["region"]!["startLine"]}", Is.EqualTo("bad.yaml:4"));
    }

    [Test]
    public async Task Helm_gets_a_file_with_a_comma_in_its_name_as_one()
    {
        _app.WriteWork("bad, \"worse\".yaml", "server:\n  updateStrategyType: RollingUpdate\n");

        var result = await LintAsync("bad, \"worse\".yaml");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("UPG-1 failed (MUST)"));
    }

    [Test]
    public async Task What_is_declared_is_compared_with_what_is_declared()
    {
        await LintAsync("good.yaml", "-o", "good");
        await LintAsync("bad.yaml", "-o", "bad");
        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(_app.WorkingFolder, "good", "results.json")))!;
        foreach (var row in (JsonArray)results["results"]!)
        {
            row!["outcome"] = "Passed";
        }

        _app.WriteWork("run.json", results.ToJsonString());

        var compared = await _app.RunAsync("compare", "good", "bad");
        Assert.That((compared.ExitCode, compared.Output), Is.EqualTo((1, compared.Output)), compared.Error);
        Assert.That(compared.Output, Does.Contain("UPG-1"));
        foreach (var (was, now, words) in new[] { ("good", "run.json", "run.json' holds results of a run; what lint finds can be compared with earlier results of lint only."), ("run.json", "good", "good' holds results of lint, in which nothing ran; a run can be compared with a run only.") })
        {
            var refused = await _app.RunAsync("compare", was, now);
            Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((3, refused.Error)), refused.Output);
            Assert.That(refused.Error, Does.Contain(words));
        }

        Assert.That((await LintAsync("good.yaml", "--fail-on", "regression", "--baseline", "run.json")).Error, Does.Contain("what lint finds can be compared with earlier results of lint only"));
        Assert.That((await LintAsync("bad.yaml", "--fail-on", "regression", "--baseline", "good")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Why_no_change_is_offered_is_said()
    {
        _app.WriteWork("unclear.yaml", "server:\n  updateStrategyType: RollingUpdate\n  ha:\n    enabled: maybe\n");

        var result = await LintAsync("unclear.yaml", "-o", "results");

        Assert.That(result.Output, Does.Contain("No change of your values is offered. The values cannot be changed safely: "), result.Output);
    }

    [Test]
    public async Task In_junit_nothing_is_a_success()
    {
        await LintAsync("bad.yaml", "-o", "results");

        var cases = XDocument.Load(Written("junit.xml")).Descendants("testcase").ToList();
        Assert.That(cases.Where(one => one.Element("failure") is null && one.Element("skipped") is null), Is.Empty);
        Assert.That(cases.Single(one => one.Attribute("name")!.Value.StartsWith("CORE-1 ", StringComparison.Ordinal)).Element("skipped")!.Attribute("message")!.Value, Does.StartWith("RunOnly (MUST): Nothing that is declared decides it. Only a run shows: "));
    }

    [Test]
    public async Task Nothing_is_written_where_nobody_asks_for_it()
    {
        var result = await LintAsync("bad.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(Directory.EnumerateDirectories(_app.WorkingFolder), Is.Empty);
        Assert.That(result.Output, Does.Contain("Next:   make the changes under 'Fix' above. With '-o FOLDER' the report is written too"));
    }

    [Test]
    public async Task A_quiet_look_says_one_line_for_each_failure()
    {
        var result = await LintAsync("bad.yaml", "-q");

        Assert.That(result.Output.Split('\n').Count(line => line.StartsWith("UPG-1 ", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(result.Output, Does.Not.Contain("Next:").And.Not.Contain("  Why:"));
    }

    [Test]
    public async Task Every_row_can_be_shown()
    {
        var result = await LintAsync("good.yaml", "--show", "declared,run-only");

        Assert.That(result.Output, Does.Contain("UPG-1 declared (MUST)").And.Contain("CORE-1 only a run can tell (MUST)"));
    }

    [Test]
    public async Task A_waiver_accepts_a_failure()
    {
        _app.WriteWork("waivers.yaml", "waivers:\n- id: W-1\n  control: UPG-1\n  reason: this is tested elsewhere\n  owner: team\n  approvedBy: boss\n  expires: 2026-12-31\n");
        var result = await LintAsync("bad.yaml", "--waivers", "waivers.yaml", "--only", "UPG-1");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("waiver W-1 (UPG-1) Used"));
    }

    [Test]
    public async Task Recommendations_count_where_they_are_asked_for()
    {
        _app.WriteWork("advice.yaml", File.ReadAllText(Path.Combine(Root, "fixtures", "values", "noncompliant", "MEM-4-no-bounds.yaml")));

        Assert.That((await LintAsync("advice.yaml", "--skip", "UPG-2,K8S-5")).ExitCode, Is.Zero);
        Assert.That((await LintAsync("advice.yaml", "--skip", "UPG-2,K8S-5", "--fail-on", "should")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Several_values_files_are_merged_in_order()
    {
        _app.WriteWork("overlay.yaml", "server:\n  updateStrategyType: RollingUpdate\n");
        var result = await LintAsync("-f", "good.yaml", "-f", "overlay.yaml", "--only", "UPG-1");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
    }

    [Test]
    public async Task A_misspelt_key_is_named_with_its_line()
    {
        _app.WriteWork("typo.yaml", "server:\n  updateStratgyType: OnDelete\n");
        var result = await LintAsync("typo.yaml", "--only", "UPG-2");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Contain("server.updateStratgyType (typo.yaml:2"));
    }

    [TestCase("server:\n  a: [\n", "values.yaml")]
    [TestCase("server:\n  enabled: false\n", "The chart renders no StatefulSet with label component=server")]
    [TestCase("server:\n  ha:\n    enabled: true\n    replicas: {}\n", "StatefulSet/vault is rendered with a value of a wrong type at spec.replicas, which no API server takes.")]
    [TestCase("server: text\n", "'helm template' ended with exit code 1. Last seen: ")]
    public async Task Values_that_make_no_server_are_refused(string values, string message)
    {
        _app.WriteWork("values.yaml", values);
        var result = await LintAsync("values.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain(message));
    }

    [TestCase("--kube-version latest", "--kube-version: 'latest' is not a version of Kubernetes; write for example 1.34 or 1.34.1")]
    [TestCase("--only NOPE", "--only: there is no control or family 'NOPE'")]
    [TestCase("--profile nope", "--profile: There is no profile 'nope'")]
    [TestCase("--helm ./nope", "--helm: there is no program './nope'")]
    [TestCase("--k3s-image x", "--k3s-image")]
    public async Task Wrong_options_are_refused(string line, string message)
    {
        var result = await LintAsync(["good.yaml", .. line.Split(' ')]);

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Output);
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_chart_that_cannot_be_fetched_is_a_matter_of_the_environment()
    {
        var result = await _app.RunAsync("lint", "good.yaml", "--chart", "https://127.0.0.1:9/vault");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain("Check the name and version of chart 'https://127.0.0.1:9/vault' and the network"));
    }

    [Test]
    public async Task Offline_the_fixture_chart_stands_in_and_says_so()
    {
        foreach (var file in Directory.EnumerateFiles(Chart, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_app.Repository.FixtureChart, Path.GetRelativePath(Chart, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var result = await _app.RunAsync("lint", "good.yaml", "--offline", "--skip", "UPG-2");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("NOTICE: STAND-IN: the fixture chart was rendered instead of HashiCorp's chart, because --offline is given.").And.Contain("Declared \u2014 stand-in: certifies nothing."));
    }

    private Task<CliResult> LintAsync(params string[] arguments) => _app.RunAsync(["lint", .. arguments, "--chart", Chart]);

    private string Written(string name) => Path.Combine(_app.WorkingFolder, "results", name);

    private JsonNode SarifOf(string id) => ((JsonArray)JsonNode.Parse(File.ReadAllText(Written("results.sarif")))!["runs"]![0]!["results"]!).Single(result => result!["ruleId"]!.ToString() == id)!;
}
