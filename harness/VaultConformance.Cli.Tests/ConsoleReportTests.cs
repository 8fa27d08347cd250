using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Tests;

public sealed class ConsoleReportTests
{
    /// <summary>After a wanted change copy the file named in the failure over the golden one.</summary>
    [Test]
    public void The_report_looks_as_agreed()
    {
        var received = Path.Combine(AppContext.BaseDirectory, "Golden", "received-console.txt");
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden", "console.txt");
        var text = Show(SampleReports.Mixed());
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, text);

        Assert.That(text, Is.EqualTo(File.Exists(golden) ? File.ReadAllText(golden) : string.Empty), $"received text: {received}");
    }

    [Test]
    public void The_notice_is_the_first_line_and_the_verdict_the_last()
    {
        var lines = Show(SampleReports.Mixed()).TrimEnd('\n').Split('\n');

        Assert.That(lines[0], Is.EqualTo("NOTICE: A stand-in was tested, not HashiCorp Vault."));
        Assert.That(lines[^1], Is.EqualTo("NonConformant. Required controls failed: CORE-1."));
    }

    [Test]
    public void Nothing_that_a_tested_system_says_reaches_the_terminal_as_a_command()
    {
        var hostile = "\u001b]0;title\u0007\u001b[2J\u009b31m\r\n::set-output::x\u202e";
        var report = SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, new Finding(hostile, hostile, hostile, hostile, Outcome.Failed)) with { Reason = hostile });

        var waiver = new Waiver(hostile, ControlId.Parse("CORE-1"), new WaiverScope(null, null, null), hostile, hostile, hostile, new DateOnly(2026, 6, 30), hostile);
        var text = Show(report with
        {
            Notices = [hostile],
            Phases = [new PhaseDuration(hostile, TimeSpan.Zero)],
            Waivers = [new WaiverStatus(waiver, WaiverState.Used, hostile)],
        });

        Assert.That(text.Where(character => char.IsControl(character) || character == '\u202e').Distinct(), Is.EqualTo(new[] { '\n' }));
        Assert.That(text.Split('\n'), Has.None.StartsWith("::"));
    }

    [Test]
    public void What_passed_with_a_warning_is_named_however_little_is_shown()
    {
        var warned = SampleReports.Result("MEM-4", Outcome.Passed) with { Reason = "quality of service class: Burstable, Guaranteed (advised)" };
        var report = SampleReports.Of(warned, SampleReports.Result("ID-1", Outcome.Passed) with { Reason = string.Empty });

        Assert.That(Show(report), Does.Contain("\nPassed with a warning (1): MEM-4; --show all says why.\n"));
        Assert.That(Show(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed) with { Reason = string.Empty })), Does.Not.Contain("warning"));
    }

    [Test]
    public void Controls_that_could_not_be_told_for_the_same_reason_are_told_once()
    {
        var results = new[] { "FS-1", "FS-2", "ID-1" }.Select(id => SampleReports.Result(id, Outcome.Inconclusive) with { Reason = id == "ID-1" ? "no shell" : "left out" });

        var text = Show(SampleReports.Of([.. results]));

        Assert.That(text, Does.Contain("\nFS-1, FS-2 could not be determined\n  Why: left out\n").And.Contain("\nID-1 could not be determined (MUST): Title of ID-1\n  Why: no shell\n  How to find out: ").And.Not.Contain("Fix:"));
    }

    [Test]
    public void A_very_long_value_does_not_flood_the_console() =>
        Assert.That(
            Show(SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, new Finding("vault-0", "f", "e", new string('x', 100_000), Outcome.Failed)))),
            Has.Length.LessThan(5000));

    private static string Show(ConformanceReport report, ReportView? view = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new ConsoleReport(CliConsole.Log(output, output), view ?? ReportView.Default);
        console.Write(report);
        console.WriteVerdict(report);
        return output.ToString();
    }
}
