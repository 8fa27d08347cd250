using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests;

public sealed class MarkdownReportTests
{
    [Test]
    public void The_heading_names_verdict_stand_in_chart_and_values_and_then_comes_the_notice()
    {
        var lines = Render(SampleReports.Mixed() with { StandIn = true, Subject = [new("Chart", "vault 0.34.1 (sha256 5f1d)"), new("Values", "a.yaml (sha256 0b), b.yaml (sha256 9d)")] }).Split('\n');

        Assert.That(lines[0], Is.EqualTo("# NonConformant — stand-in: certifies nothing: vault 0.34.1, a.yaml, b.yaml"));
        Assert.That(lines[2..4], Is.EqualTo(new[] { "> [!WARNING]", "> A stand-in was tested, not HashiCorp Vault: this result says nothing about a real release." }));
    }

    [Test]
    public void What_could_not_be_determined_has_a_way_to_find_out_and_no_fix()
    {
        var text = Render(SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Inconclusive) with { Open = [OpenCause.OutOfTime] }));

        Assert.That(text, Does.Contain("How to find out:* Time ran out. Run again on a machine with less load").And.Not.Contain("Remediation"));
    }

    [Test]
    public void Controls_of_one_cause_are_told_together()
    {
        var text = Render(SampleReports.Of(Caused("TLS-1", Requirement.Must), Caused("TLS-2", Requirement.Must), Caused("TLS-9", Requirement.Should)));

        Assert.That(text, Does.Contain("**TLS is off:** TLS-1, TLS-2 fail together."));
    }

    private static ControlResult Caused(string id, Requirement level) =>
        SampleReports.Result(id, Outcome.Failed, level) with { Cause = FailureCause.TlsOff, Summary = "Port 8200 answers in plain HTTP." };

    [Test]
    public void Without_a_notice_the_verdict_is_the_first_line() =>
        Assert.That(Render(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed))), Does.StartWith("# Conformant: vault 0.34.1\n"));

    [Test]
    public void A_table_row_stays_one_row_whatever_was_seen()
    {
        var rows = Render(SampleReports.Hostile("a|b\n| c |\\| d")).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();

        Assert.That(rows, Has.Count.EqualTo(2 + 1 + 2 + 1 + 2 + 1 + 2 + 1 + 2 + 5 + 2 + 1));
        Assert.That(rows.Select(row => row.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|')), Is.All.InRange(3, 9));
    }

    [Test]
    public void A_large_report_is_cut_with_a_notice_and_keeps_its_verdict()
    {
        var finding = new Finding("vault-0", "f", new string('é', 250), string.Concat(Enumerable.Repeat("🦀", 140)), Outcome.Failed);
        var report = SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, [.. Enumerable.Repeat(finding, 5000)]));

        var text = Render(report);

        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownReportWriter.StepSummaryLimit));
        Assert.That(text, Does.StartWith("# NonConformant").And.EndsWith("Everything is in `results.json`.\n"));
    }

    [Test]
    public void Any_limit_is_kept() =>
        Prop.ForAll(Gen.Choose(200, 4000).ToArbitrary(), limit =>
            Encoding.UTF8.GetByteCount(new MarkdownReportWriter(limit).RenderAsync(SampleReports.Mixed()).GetAwaiter().GetResult()) <= limit).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Test]
    public void Any_text_stays_harmless() =>
        Prop.ForAll<string?>(text => IsHarmless(Render(SampleReports.Hostile(text ?? string.Empty)))).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public void Hostile_text_stays_harmless(string name) =>
        Assert.That(IsHarmless(Render(SampleReports.Hostile(HostileTexts.Of(name)))), Is.True);

    // What the page itself writes; the same in a tested system's text is escaped.
    private static readonly string[] Own = ["<details>\n", "</details>\n", "\n<summary>", "</summary>\n"];

    private static bool IsHarmless(string markdown) =>
        !Own.Aggregate(markdown, (text, tag) => text.Replace(tag, string.Empty, StringComparison.Ordinal)).Contains('<', StringComparison.Ordinal)
        && !markdown.Replace("\\]", string.Empty, StringComparison.Ordinal).Contains("](", StringComparison.Ordinal)
        && !markdown.Any(character => char.IsControl(character) && character != '\n')
        && markdown.Split('\n').All(line => !line.StartsWith("::", StringComparison.Ordinal) && !line.StartsWith("##[", StringComparison.Ordinal));

    private static string Render(ConformanceReport report) => new MarkdownReportWriter().RenderAsync(report).GetAwaiter().GetResult();
}
