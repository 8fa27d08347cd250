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
    public void The_notice_comes_first_and_then_the_verdict()
    {
        var lines = Render(SampleReports.Mixed()).Split('\n');

        Assert.That(lines[0], Is.EqualTo("> **A stand-in was tested, not HashiCorp Vault: this result says nothing about a real release.**"));
        Assert.That(lines[2], Is.EqualTo("# NonConformant"));
    }

    [Test]
    public void Without_a_notice_the_verdict_is_the_first_line() =>
        Assert.That(Render(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed))), Does.StartWith("# Conformant\n"));

    [Test]
    public void A_table_row_stays_one_row_whatever_was_seen()
    {
        var rows = Render(SampleReports.Hostile("a|b\n| c |\\| d")).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();

        Assert.That(rows, Has.Count.EqualTo(2 + 1 + 2 + 1 + 2 + 1 + 2 + 5 + 2 + 1));
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

    private static bool IsHarmless(string markdown) =>
        !markdown.Contains('<', StringComparison.Ordinal)
        && !markdown.Replace("\\]", string.Empty, StringComparison.Ordinal).Contains("](", StringComparison.Ordinal)
        && !markdown.Any(character => char.IsControl(character) && character != '\n')
        && markdown.Split('\n').All(line => !line.StartsWith("::", StringComparison.Ordinal) && !line.StartsWith("##[", StringComparison.Ordinal));

    private static string Render(ConformanceReport report) => new MarkdownReportWriter().RenderAsync(report).GetAwaiter().GetResult();
}
