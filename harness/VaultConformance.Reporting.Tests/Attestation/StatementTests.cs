using System.Text.Json.Nodes;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class StatementTests
{
    private static readonly string Digest = new('a', 64);

    private static readonly ControlDescriptor[] Catalogue = [SampleReports.Control("TLS-2") with { Revision = 3 }];

    [Test]
    public void The_statement_says_what_was_tested_how_and_what_came_of_it()
    {
        var report = SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Passed), SampleReports.Result("MEM-3", Outcome.NotApplicable), SampleReports.Result("PROC-1", Outcome.Failed, Requirement.Should)) with
        {
            Digests =
            [
                new SubjectDigest(SubjectKind.Chart, "vault-0.34.1", new string('b', 64)),
                new SubjectDigest(SubjectKind.Values, "values.yaml", new string('c', 64)),
                new SubjectDigest(SubjectKind.Image, "hashicorp/vault:2.0.4", new string('d', 64)),
            ],
        };

        Assert.That(Statement.Write(Run(report), Catalogue).ToJsonString(), Is.EqualTo(Flat($$$"""
            {
             "_type":"https://in-toto.io/Statement/v1",
             "subject":[
              {"name":"run.vcb","digest":{"sha256":"{{{Digest}}}"},"annotations":{"kind":"Bundle"}},
              {"name":"vault-0.34.1","digest":{"sha256":"{{{new string('b', 64)}}}"},"annotations":{"kind":"Chart"}},
              {"name":"values.yaml","digest":{"sha256":"{{{new string('c', 64)}}}"},"annotations":{"kind":"Values"}},
              {"name":"hashicorp/vault:2.0.4","digest":{"sha256":"{{{new string('d', 64)}}}"},"annotations":{"kind":"Image"}}],
             "predicateType":"https://in-toto.io/attestation/test-result/v0.1",
             "predicate":{
              "result":"WARNED",
              "configuration":[
               {"name":"baseline@1.0","digest":{"sha256":"{{{new string('1', 64)}}}"},"annotations":{"kind":"Profile"}},
               {"name":"vault-conformance 0.1.0","uri":"pkg:generic/vault-conformance@0.1.0","annotations":{"kind":"Tool"}},
               {"name":"plan.json","digest":{"sha256":"{{{new string('2', 64)}}}"},
                "annotations":{"kind":"Plan","runId":"r7f3","verdict":"Conformant","standIn":false,"notices":[],"problem":null}}],
              "passedTests":["CORE-1@1"],
              "warnedTests":["MEM-3@1","PROC-1@1"],
              "failedTests":[]}}
            """)));
    }

    [Test]
    public void Waivers_are_part_of_the_configuration_when_there_are_any()
    {
        var run = Run(SampleReports.Of(SampleReports.Result("TLS-1", Outcome.Waived))) with { Waivers = [new DigestedText("waivers.yaml", new string('3', 64))] };

        var waivers = Statement.Write(run, Catalogue)["predicate"]!["configuration"]![1]!;

        Assert.That(waivers.ToJsonString(), Is.EqualTo($$$"""{"name":"waivers.yaml","digest":{"sha256":"{{{new string('3', 64)}}}"},"annotations":{"kind":"Waivers"}}"""));
    }

    [Test]
    public void A_stand_in_is_named_in_the_statement_and_never_passes()
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed)) with { StandIn = true, Notices = [SampleReports.StandIn] };

        var predicate = Statement.Write(Run(report), Catalogue)["predicate"]!;

        Assert.That(predicate["result"]!.GetValue<string>(), Is.EqualTo("WARNED"));
        Assert.That(predicate["configuration"]![2]!["annotations"]!.ToJsonString(), Does.Contain("\"standIn\":true,\"notices\":[\"A stand-in was tested, not HashiCorp Vault"));
    }

    [TestCase(Outcome.Passed, Requirement.Must, "PASSED", "passedTests")]
    [TestCase(Outcome.Passed, Requirement.May, "PASSED", "passedTests")]
    [TestCase(Outcome.NotApplicable, Requirement.Must, "PASSED", "warnedTests")]
    [TestCase(Outcome.NotApplicable, Requirement.Should, "PASSED", "warnedTests")]
    [TestCase(Outcome.Waived, Requirement.Must, "WARNED", "warnedTests")]
    [TestCase(Outcome.Waived, Requirement.Should, "WARNED", "warnedTests")]
    [TestCase(Outcome.Failed, Requirement.Must, "FAILED", "failedTests")]
    [TestCase(Outcome.Failed, Requirement.Should, "WARNED", "warnedTests")]
    [TestCase(Outcome.Failed, Requirement.May, "WARNED", "warnedTests")]
    [TestCase(Outcome.Inconclusive, Requirement.Must, "FAILED", "failedTests")]
    [TestCase(Outcome.Inconclusive, Requirement.Should, "WARNED", "warnedTests")]
    [TestCase(Outcome.Inconclusive, Requirement.May, "WARNED", "warnedTests")]
    public void Level_and_outcome_decide_the_list_and_the_result(Outcome outcome, Requirement level, string result, string list)
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed), SampleReports.Result("TLS-1", outcome, level));

        var predicate = Statement.Write(Run(report), Catalogue)["predicate"]!;

        var lists = new[] { "passedTests", "warnedTests", "failedTests" };
        Assert.That(predicate["result"]!.GetValue<string>(), Is.EqualTo(result));
        Assert.That(lists.Where(name => Names(predicate, name).Contains("TLS-1@1")), Is.EqualTo(new[] { list }));
    }

    [Test]
    public void A_control_that_did_not_run_failed_with_the_revision_of_the_catalogue()
    {
        var predicate = Statement.Write(Run(SampleReports.Mixed()), Catalogue)["predicate"]!;

        Assert.That(Names(predicate, "failedTests"), Is.EqualTo(new[] { "CORE-1@1", "CORE-5@1", "TLS-2@3" }));
        Assert.That(Names(predicate, "warnedTests"), Is.EqualTo(new[] { "MEM-3@1", "PROC-1@1", "TLS-1@1" }));
        Assert.That(Names(predicate, "passedTests"), Is.EqualTo(new[] { "ID-1@1" }));
    }

    [Test]
    public void A_run_that_did_not_finish_failed_although_nothing_else_did()
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed)) with { Problem = "The release did not come up." };

        Assert.That(Statement.Write(Run(report), Catalogue)["predicate"]!["result"]!.GetValue<string>(), Is.EqualTo("FAILED"));
        Assert.That(Statement.Write(Run(SampleReports.Of()), Catalogue)["predicate"]!["result"]!.GetValue<string>(), Is.EqualTo("FAILED"));
    }

    [Test]
    public void A_planned_control_that_nobody_knows_is_refused()
    {
        var report = SampleReports.Mixed();

        Assert.That(
            () => Statement.Write(Run(report), []),
            Throws.TypeOf<AttestationException>().With.Message.EqualTo("Control TLS-2 was planned, but this program does not know it. Use the version of the program that recorded the run."));
    }

    [Test]
    public void The_name_of_the_tool_cannot_break_out_of_its_uri()
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed)) with { Tool = "x/y?#@ 1 2" };

        Assert.That(Statement.Write(Run(report), Catalogue)["predicate"]!["configuration"]![1]!["uri"]!.GetValue<string>(), Is.EqualTo("pkg:generic/x%2Fy%3F%23%40@1%202"));
    }

    private static string[] Names(JsonNode predicate, string list) => [.. predicate[list]!.AsArray().Select(name => name!.GetValue<string>())];

    private static AttestedRun Run(ConformanceReport report) => new(
        report, new DigestedText("run.vcb", Digest), new DigestedText(report.Profile, new string('1', 64)), [], new DigestedText("plan.json", new string('2', 64)));

    private static string Flat(string text) => string.Concat(text.Split('\n').Select(line => line.Trim()));
}
