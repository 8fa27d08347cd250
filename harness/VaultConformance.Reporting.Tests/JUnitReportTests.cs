using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests;

public sealed class JUnitReportTests
{
    [Test]
    public void Every_planned_control_is_one_test_case()
    {
        var names = Suite(SampleReports.Mixed()).Elements("testcase").Select(testCase => ((string)testCase.Attribute("name")!).Split(' ')[0]);

        Assert.That(names, Is.EqualTo(new[] { "CORE-1", "CORE-5", "ID-1", "MEM-3", "PROC-1", "TLS-1", "TLS-2" }));
    }

    [TestCase(Outcome.Passed, Requirement.Must, null)]
    [TestCase(Outcome.Failed, Requirement.Must, "failure")]
    [TestCase(Outcome.Failed, Requirement.Should, "skipped")]
    [TestCase(Outcome.Failed, Requirement.May, "skipped")]
    [TestCase(Outcome.Inconclusive, Requirement.Must, "error")]
    [TestCase(Outcome.Inconclusive, Requirement.Should, "skipped")]
    [TestCase(Outcome.Waived, Requirement.Must, "skipped")]
    [TestCase(Outcome.NotApplicable, Requirement.Must, "skipped")]
    public void A_build_server_is_green_exactly_when_the_verdict_is(Outcome outcome, Requirement level, string? element)
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", outcome, level));
        var suite = Suite(report);

        using (Assert.EnterMultipleScope())
        {
            var status = suite.Element("testcase")!.Elements().Select(child => child.Name.LocalName).FirstOrDefault(name => name != "system-out");
            Assert.That(status, Is.EqualTo(element));
            Assert.That((int)suite.Attribute("failures")! + (int)suite.Attribute("errors")! == 0, Is.EqualTo(report.Verdict == Verdict.Conformant));
        }
    }

    [Test]
    public void A_skipped_case_says_why() =>
        Assert.That(
            (string?)Suite(SampleReports.Of(SampleReports.Result("MEM-3", Outcome.NotApplicable))).Element("testcase")!.Element("skipped")!.Attribute("message"),
            Is.EqualTo("NotApplicable (MUST): Reason of MEM-3."));

    [Test]
    public void A_waived_failure_is_skipped_and_names_its_waiver() =>
        Assert.That(
            Suite(SampleReports.Mixed()).Elements("testcase").Select(testCase => (string?)testCase.Element("skipped")?.Attribute("message")),
            Has.Some.EqualTo("Waived (MUST): Reason of TLS-1. Accepted by security until 2026-06-30 (waiver accepted-TLS-1): Not before the move."));

    [Test]
    public void A_failure_holds_expected_and_actual_of_each_finding_that_deviates()
    {
        var failure = Suite(SampleReports.Mixed()).Element("testcase")!.Element("failure")!.Value;

        Assert.That(failure, Does.Contain("vault-0: core file size limit\n  Expected: 0 (soft and hard)\n  Actual:   unlimited\n").And.Not.Contain("vault-1"));
    }

    [Test]
    public void Output_of_a_case_holds_requirement_source_and_remediation() =>
        Assert.That(
            Suite(SampleReports.Mixed()).Element("testcase")!.Element("system-out")!.Value,
            Does.Contain("Requirement: Title of CORE-1.").And.Contain("Source: Source of CORE-1").And.Contain("Remediation: Remediation of CORE-1"));

    [Test]
    public void A_notice_is_the_first_line() =>
        Assert.That(Render(SampleReports.Mixed()).Split('\n')[0], Does.StartWith("<!-- A stand\u2010in was tested"));

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public void Hostile_text_keeps_the_file_well_formed(string name) =>
        Assert.That(Suite(SampleReports.Hostile(HostileTexts.Of(name))).Elements("testcase").Count(), Is.EqualTo(1));

    [Test]
    public void Any_text_keeps_the_file_well_formed_and_free_of_terminal_commands() =>
        Prop.ForAll<string?>(text => Render(SampleReports.Hostile(text ?? string.Empty)) is var xml
            && XDocument.Parse(xml).Descendants("testcase").Count() == 1
            && !xml.Contains('\u001b', StringComparison.Ordinal)).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Test]
    public void A_very_long_text_is_cut_with_a_note() =>
        Assert.That(Suite(SampleReports.Hostile(new string('x', 200_000))).Element("testcase")!.Element("failure")!.Value, Does.EndWith(" characters)"));

    private static XElement Suite(ConformanceReport report) => XDocument.Parse(Render(report)).Root!.Element("testsuite")!;

    private static string Render(ConformanceReport report) => new JUnitReportWriter().RenderAsync(report).GetAwaiter().GetResult();
}
