using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests;

public sealed class SarifReportTests
{
    [Test]
    public void A_report_with_every_outcome_keeps_the_rules_of_the_format() => AssertValid(DeclaredReports.Mixed());

    [Test]
    public void A_run_that_came_to_nothing_keeps_them() => AssertValid(SampleReports.Of() with { Planned = [ControlId.Parse("ID-1")], Problem = "no cluster" });

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public void Hostile_text_keeps_them(string name) => AssertValid(Hostile(HostileTexts.Of(name)));

    [Test]
    public void Any_text_keeps_them() =>
        Prop.ForAll<string?>(text => Violations(Hostile(text ?? string.Empty)).Count == 0).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [TestCase(Outcome.Failed, Requirement.Must, "fail", "error", "CORE-1 failed (MUST): Reason of CORE-1.")]
    [TestCase(Outcome.Failed, Requirement.Should, "fail", "warning", "CORE-1 failed (SHOULD): Reason of CORE-1.")]
    [TestCase(Outcome.Failed, Requirement.May, "fail", "note", "CORE-1 failed (MAY): Reason of CORE-1.")]
    [TestCase(Outcome.Waived, Requirement.Must, "fail", "note", "CORE-1 failed and is waived (MUST): Reason of CORE-1.")]
    [TestCase(Outcome.Inconclusive, Requirement.Must, "open", null, "CORE-1 could not be determined (MUST): Reason of CORE-1.")]
    public void What_did_not_pass_is_a_result(Outcome outcome, Requirement level, string kind, string? severity, string message)
    {
        var result = Results(SampleReports.Of(SampleReports.Result("CORE-1", outcome, level))).Single()!;

        Assert.That(((string?)result["kind"], (string?)result["level"]), Is.EqualTo((kind, severity)));
        Assert.That((string?)result["message"]!["text"], outcome == Outcome.Inconclusive ? Does.StartWith($"{message}\nHow to find out: ") : Is.EqualTo(message));
    }

    [Test]
    public void The_message_of_a_failure_says_what_is_required_and_what_deviates() =>
        Assert.That(
            (string?)Results(SampleReports.Mixed())[0]!["message"]!["text"],
            Is.EqualTo("CORE-1 failed (MUST): Title of CORE-1.\n- vault-0: core file size limit: expected 0 (soft and hard), was unlimited (evidence: observations/pod/vault-0/processes.json, observations/release/objects.json)"));

    [TestCase(Outcome.Passed)]
    [TestCase(Outcome.NotApplicable)]
    public void What_is_no_problem_is_no_result_because_code_scanning_would_take_it_for_one(Outcome outcome)
    {
        var run = Run(SampleReports.Of(SampleReports.Result("CORE-1", outcome)));

        Assert.That(run["results"]!.AsArray(), Is.Empty);
        Assert.That((string?)run["properties"]![outcome == Outcome.Passed ? "passed" : "notApplicable"]!.AsArray().Single(), Is.EqualTo("CORE-1"));
    }

    [Test]
    public void A_control_that_did_not_run_stays_an_open_result_and_is_a_notification()
    {
        var run = Run(DeclaredReports.Mixed());

        var result = run["results"]!.AsArray().Single(result => (string?)result!["ruleId"] == "TLS-2")!;
        Assert.That(((string?)result["kind"], (string?)result["message"]!["text"]), Is.EqualTo(("open", "TLS-2 did not run, so that nothing is known about it.")));
        Assert.That((string?)run["invocations"]![0]!["toolExecutionNotifications"]!.AsArray()[^1]!["message"]!["text"], Is.EqualTo("Control TLS-2 did not run."));
    }

    [Test]
    public void Whether_an_alert_is_the_same_depends_on_the_control_alone()
    {
        static string Print(Outcome outcome, string reason) => Results(
            SampleReports.Of(SampleReports.Result("CORE-1", outcome) with { Reason = reason })).Single()!["partialFingerprints"]!.ToJsonString();

        Assert.That(Print(Outcome.Inconclusive, "x"), Is.EqualTo(Print(Outcome.Failed, "y")).And.Contain("\"primaryLocationLineHash\":").And.Contain("CORE-1"));
    }

    [Test]
    public void A_result_is_located_at_the_line_that_decides_it()
    {
        var result = Results(DeclaredReports.Mixed())[0]!;

        Assert.That(
            result["locations"]![0]!["physicalLocation"]!.ToJsonString(),
            Is.EqualTo("""{"artifactLocation":{"uri":"deploy/my%20site.yaml","uriBaseId":"%SRCROOT%"},"region":{"startLine":12,"startColumn":1,"endLine":12}}"""));
        Assert.That((string?)result["locations"]![0]!["logicalLocations"]!.AsArray().Single()!["name"], Is.EqualTo("vault-0"));
        Assert.That((string?)result["relatedLocations"]!.AsArray().Single()!["message"]!["text"], Is.EqualTo("server.logLevel: debug"));
        Assert.That((string?)result["message"]!["text"], Does.EndWith("\nDeclared in deploy/my site.yaml, line 12: server.extraArgs: -x"));
    }

    [Test]
    public void A_result_that_no_line_decides_stands_at_the_start_of_the_values_and_says_so()
    {
        var result = Results(DeclaredReports.Mixed()).Single(result => (string?)result!["ruleId"] == "PROC-1")!;

        Assert.That((string?)result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"], Is.EqualTo("deploy/base.yaml"));
        Assert.That((int?)result["locations"]![0]!["physicalLocation"]!["region"]!["startLine"], Is.EqualTo(1));
        Assert.That(
            (string?)result["message"]!["text"],
            Does.EndWith("\nNothing in the values sets server.preStop or server.standalone.config; the place is only their start."));
    }

    [Test]
    public void A_waived_result_is_suppressed_with_who_accepted_it_and_until_when() =>
        Assert.That(
            Results(DeclaredReports.Mixed()).Single(result => (string?)result!["ruleId"] == "TLS-1")!["suppressions"]!.ToJsonString(),
            Is.EqualTo("""[{"kind":"external","status":"accepted","justification":"Old clients until the move. Waiver legacy-clients, owner Ops, approved by CISO, expires 2026-06-30."}]"""));

    [Test]
    public void The_notices_are_the_first_member_of_the_run_and_the_first_notification()
    {
        var run = Run(SampleReports.Mixed());

        Assert.That((string?)run.AsObject().First().Value!.AsObject().First().Value![0], Is.EqualTo(SampleReports.StandIn));
        Assert.That((string?)run["invocations"]![0]!["toolExecutionNotifications"]![0]!["message"]!["text"], Is.EqualTo(SampleReports.StandIn));
    }

    [Test]
    public void A_run_that_did_not_finish_is_no_success_and_has_no_exit_code_here()
    {
        var invocation = Run(SampleReports.Of() with { Planned = [ControlId.Parse("ID-1")], Problem = "No engine answers." })["invocations"]![0]!;

        Assert.That((bool?)invocation["executionSuccessful"], Is.False);
        Assert.That(invocation["exitCode"], Is.Null);
        Assert.That((string?)invocation["toolExecutionNotifications"]![0]!["message"]!["text"], Is.EqualTo("No engine answers."));
    }

    [Test]
    public void Help_shows_what_to_paste_in_a_fence_that_the_text_cannot_close()
    {
        var guide = new ControlGuide("Why.", [new GuideSnippet("yaml\n", "a\n````\nb\n")]);
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Failed) with { Control = SampleReports.Control("CORE-1") with { Guide = guide } });

        Assert.That(
            (string?)Run(report)["tool"]!["driver"]!["rules"]![0]!["help"]!["markdown"],
            Is.EqualTo("**Remediation:** Remediation of CORE-1\n\n`````yaml\na\n````\nb\n`````\n\n**Why:** Why.\n\n**Source:** Source of CORE-1\n"));
    }

    private static ConformanceReport Hostile(string text)
    {
        var report = SampleReports.Hostile(text);
        return report with
        {
            Tool = text,
            Profile = text,
            ValuesFiles = [text],
            Planned = [.. report.Planned, ControlId.Parse("TLS-9")],
            Results = [.. report.Results.Select(result => result with
            {
                Control = result.Control with { Guide = new ControlGuide(text, [new GuideSnippet(text, text)]), ValueKeys = [text] },
                Declared = text.Length == 0 || text.Contains('/') ? [] : [new DeclaredValue(text, text, 1, text), new DeclaredValue(text, text, 2, text)],
            })],
        };
    }

    private static void AssertValid(ConformanceReport report) => Assert.That(Violations(report), Is.Empty);

    private static IReadOnlyList<string> Violations(ConformanceReport report) =>
        [.. SarifRulesOfTheFormat.Violations(Log(report)).Where(violation => violation.Length > 0)];

    private static JsonArray Results(ConformanceReport report) => Run(report)["results"]!.AsArray();

    private static JsonNode Run(ConformanceReport report) => Log(report)["runs"]![0]!;

    private static JsonNode Log(ConformanceReport report) => JsonNode.Parse(new SarifReportWriter().RenderAsync(report).GetAwaiter().GetResult())!;
}
