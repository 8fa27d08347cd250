using System.CommandLine;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli.Commands;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Yaml;
using VaultConformance.Runs;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Tests.Examples;

/// <summary>The recipes for build servers are well-formed, and call nothing that the program does not have.</summary>
public sealed partial class ExampleTests
{
    private const string Page = "docs/running-in-ci.md";

    private static readonly string Root = RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root;
    private static readonly string[] Workflows = ["docs/examples/github-actions.yml", "docs/examples/gitlab-ci.yml", "docs/examples/azure-pipelines.yml"];
    private static readonly string[] Files = [.. Workflows, "docs/examples/Jenkinsfile"];
    private static readonly string[] OfLint = ["docs/examples/pre-commit-config.yaml", "docs/examples/lint-github-actions.yml", "docs/examples/lint-gitlab-ci.yml"];
    private static readonly string[] Recipes = [.. Files, Page];

    [TestCaseSource(nameof(Workflows))]
    [TestCaseSource(nameof(OfLint))]
    public void A_workflow_is_one_plain_document(string file)
    {
        var problems = new ProblemList();
        var value = StrictYaml.Read(Text(file), problems);

        Assert.That(problems.Lines, Is.Empty);
        Assert.That(value, Is.InstanceOf<YamlMap>());
    }

    [TestCase("docs/examples/github-actions.yml", "name", "on", "permissions", "concurrency", "jobs")]
    [TestCase("docs/examples/gitlab-ci.yml", "stages", "variables", "vault-conformance")]
    [TestCase("docs/examples/azure-pipelines.yml", "trigger", "pr", "schedules", "resources", "variables", "jobs")]
    public void A_workflow_has_the_parts_that_its_server_knows(string file, params string[] keys) =>
        Assert.That(Map(file).Entries.Select(entry => entry.Key), Is.EqualTo(keys));

    [TestCaseSource(nameof(Recipes))]
    [TestCaseSource(nameof(OfLint))]
    public void Every_call_uses_what_the_program_has(string file)
    {
        using var app = new TestApp();
        var root = Program(app);
        var calls = CommandLines.In(Text(file));

        Assert.That(calls, Is.Not.Empty);
        foreach (var call in calls)
        {
            Assert.That(root.Parse(call).Errors.Select(error => error.Message), Is.Empty, string.Join(' ', call));
        }
    }

    [TestCaseSource(nameof(Recipes))]
    public void A_recipe_runs_compares_signs_and_verifies(string file) =>
        Assert.That(CommandLines.In(Text(file)).Select(call => call[0]), Is.SupersetOf(new[] { "run", "compare", "attest", "verify" }));

    [TestCaseSource(nameof(Recipes))]
    public void No_variable_poses_as_a_setting(string file)
    {
        var known = Settings.All.Select(setting => setting.Variable).Append("VAULT_CONFORMANCE_CACHE");

        Assert.That(Variables.Matches(Text(file)).Select(match => match.Value).Distinct(), Is.SubsetOf(known));
    }

    [TestCaseSource(nameof(Recipes))]
    public void No_key_is_written_to_a_file_or_a_command_line(string file) =>
        Assert.That(
            CommandLines.In(Text(file)).Where(call => call[0] == "attest").Select(call => call[call.ToList().IndexOf("--key") + 1]),
            Is.All.StartsWith("env:").Or.All.EndsWith(".pem"));

    [Test]
    public void Every_action_is_pinned_by_its_commit_and_names_its_version()
    {
        var uses = Uses.Matches(Text(Workflows[0])).Select(match => match.Groups[1].Value).ToList();

        Assert.That(uses, Has.Count.GreaterThan(5));
        Assert.That(uses, Has.All.Match(@"^[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"));
    }

    [Test]
    public void A_job_on_GitHub_may_read_the_repository_and_write_alerts_and_nothing_else()
    {
        Assert.That(Pairs(Find(Map(Workflows[0]), "permissions")), Is.EqualTo(new[] { "contents: read" }));
        Assert.That(Pairs(Find(Map(Workflows[0]), "jobs", "conformance", "permissions")), Is.EqualTo(new[] { "contents: read", "security-events: write" }));
    }

    [TestCase("docs/examples/github-actions.yml", "timeout-minutes: 45")]
    [TestCase("docs/examples/gitlab-ci.yml", "timeout: 45m")]
    [TestCase("docs/examples/azure-pipelines.yml", "timeoutInMinutes: 45")]
    [TestCase("docs/examples/Jenkinsfile", "timeout(time: 45, unit: 'MINUTES')")]
    public void A_job_has_a_limit_above_that_of_the_run(string file, string limit) =>
        Assert.That(Text(file), Does.Contain(limit).And.Contain("--timeout 30m"));

    [TestCaseSource(nameof(Files))]
    public void What_a_run_leaves_is_kept_whatever_it_came_to(string file) =>
        Assert.That(Text(file), Does.Match(@"if: always\(\)|when: always|condition: always\(\)|always \{"));

    [Test]
    public void The_Jenkinsfile_closes_what_it_opens()
    {
        var text = Text("docs/examples/Jenkinsfile");

        foreach (var (open, close) in new[] { ('{', '}'), ('(', ')'), ('[', ']') })
        {
            Assert.That(text.Count(character => character == open), Is.EqualTo(text.Count(character => character == close)), $"{open}{close}");
        }
    }

    [Test]
    public void The_page_names_every_example_and_every_file_of_a_report()
    {
        var page = Text(Page);

        foreach (var name in Files.Select(Path.GetFileName).Concat(ReportFolder.FileNames))
        {
            Assert.That(page, Does.Contain(name!));
        }
    }

    private static RootCommand Program(TestApp app)
    {
        var services = new CliServices(
            CliConsole.Log(TextWriter.Null, TextWriter.Null), app.Variables, app.WorkingFolder, app.Repository, new FakeTimeProvider(TestApp.Now), app.Pipeline);
        var root = new RootCommand();
        foreach (var verb in Verbs.CreateAll(services))
        {
            root.Add(verb.Create());
        }

        return root;
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine([Root, .. file.Split('/')]));

    private static YamlMap Map(string file) => (YamlMap)StrictYaml.Read(Text(file), new ProblemList())!;

    private static YamlValue Find(YamlValue value, params string[] path) =>
        path.Aggregate(value, (current, key) => ((YamlMap)current).Entries.Single(entry => entry.Key == key).Value);

    private static IEnumerable<string> Pairs(YamlValue value) => ((YamlMap)value).Entries.Select(entry => $"{entry.Key}: {((YamlText)entry.Value).Text}");

    [GeneratedRegex(@"uses: (.*)")]
    private static partial Regex Uses { get; }

    [GeneratedRegex("VAULT_CONFORMANCE_[A-Z0-9_]+")]
    private static partial Regex Variables { get; }
}
