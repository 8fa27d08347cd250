using System.Text.Json.Nodes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests;

/// <summary>Files that mark lines of the values on GitHub and GitLab.</summary>
public sealed class BuildServerFileTests
{
    private static readonly ControlResult Failed = SampleReports.Result("TLS-1", Outcome.Failed) with { Summary = "Port 8200 answers in plain HTTP." };

    [Test]
    public async Task A_failed_requirement_is_an_error_at_the_line_that_decides_it()
    {
        var report = SampleReports.Of(Failed with { Declared = [new DeclaredValue("global.tlsDisable", "a.yaml", 3, "true") { Path = "deploy/a.yaml" }] });

        Assert.That(await new AnnotationsWriter().RenderAsync(report), Is.EqualTo(
            "::error file=deploy/a.yaml,line=3,title=TLS-1 (MUST) Title of TLS-1.::Port 8200 answers in plain HTTP. Fix: Remediation of TLS-1\n"));
    }

    [TestCase(Outcome.Failed, Requirement.Should, "::warning ")]
    [TestCase(Outcome.Inconclusive, Requirement.Must, "::error ")]
    [TestCase(Outcome.Inconclusive, Requirement.Should, "::warning ")]
    [TestCase(Outcome.Waived, Requirement.Must, "")]
    [TestCase(Outcome.Passed, Requirement.Must, "")]
    [TestCase(Outcome.NotApplicable, Requirement.Must, "")]
    public async Task Annotations_weigh_as_the_verdict_does(Outcome outcome, Requirement level, string start)
    {
        var result = SampleReports.Result("TLS-1", outcome, level) with { Waiver = outcome == Outcome.Waived ? DeclaredReports.Waiver : null };

        var text = await new AnnotationsWriter().RenderAsync(SampleReports.Of(result));

        Assert.That(text, start.Length == 0 ? Is.Empty : Does.StartWith(start));
    }

    [Test]
    public async Task A_text_cannot_write_a_command_of_its_own()
    {
        var report = SampleReports.Of(Failed with { Summary = "a%0A::set-output name=x::y\n::error::z", Declared = [new DeclaredValue("k", "a", 1, "") { Path = "a,line=9::b\nc" }] });

        var lines = (await new AnnotationsWriter().RenderAsync(report)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("::error file=a%2Cline=9%3A%3Ab").And.Contain("a%250A"));
    }

    [Test]
    public async Task A_run_without_values_files_has_annotations_without_a_place() =>
        Assert.That(await new AnnotationsWriter().RenderAsync(SampleReports.Of(Failed)), Does.StartWith("::error title=TLS-1"));

    [Test]
    public async Task Code_quality_has_what_GitLab_requires_and_the_same_fingerprint_each_time()
    {
        var one = await ListIssuesAsync(SampleReports.Of(Failed));
        var other = await ListIssuesAsync(SampleReports.Of(Failed with { Summary = "Something else." }));

        Assert.That(one.Select(issue => (string?)issue!["severity"]), Is.EqualTo(new[] { "critical" }));
        Assert.That((string?)one[0]!["location"]!["path"], Is.EqualTo("values"));
        Assert.That((string?)one[0]!["fingerprint"], Is.EqualTo((string?)other[0]!["fingerprint"]).And.Length.EqualTo(64));
        Assert.That(await ListIssuesAsync(SampleReports.Of()), Is.Empty);
    }

    private static async Task<JsonArray> ListIssuesAsync(ConformanceReport report) =>
        JsonNode.Parse(await new CodeQualityWriter().RenderAsync(report))!.AsArray();
}
