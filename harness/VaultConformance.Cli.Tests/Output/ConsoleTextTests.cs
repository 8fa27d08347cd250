using Spectre.Console;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Tests.Output;

/// <summary>What reaches a terminal or a log: no line too wide, no blanks at the end, nothing that cannot be shown.</summary>
public sealed class ConsoleTextTests
{
    [TestCase(40)]
    [TestCase(80)]
    [TestCase(120)]
    [TestCase(200)]
    public void A_report_is_as_wide_as_the_terminal_at_most(int width)
    {
        var lines = Show(new ConsoleTraits(false, false, false, width), Detail.Verbose).Split('\n');

        Assert.That(lines.Where(line => line.Length > Math.Min(width, 120)), Is.Empty);
        Assert.That(lines.Where(line => line != line.TrimEnd()), Is.Empty);
    }

    [Test]
    public void A_log_keeps_each_line_whole() =>
        Assert.That(Show(ConsoleTraits.Log, Detail.Normal), Does.Contain($"  Why: {Reason}\n"));

    [Test]
    public void Where_only_ascii_can_be_shown_nothing_else_is()
    {
        var text = Show(new ConsoleTraits(false, false, Ascii: true, 80), Detail.Verbose, table: true);

        Assert.That(text.Where(character => character is not '\n' and (< ' ' or > '~')), Is.Empty);
        Assert.That(text, Does.Contain("a -> b...").And.Contain("\\u00FC"));
    }

    [Test]
    public void Without_colours_there_is_no_escape_code_and_with_them_there_is()
    {
        Assert.That(Show(new ConsoleTraits(false, Colour: false, false, 80), Detail.Verbose, table: true), Does.Not.Contain('\u001b'));
        Assert.That(Show(new ConsoleTraits(false, Colour: true, false, 80), Detail.Verbose, table: true), Does.Contain("\u001b[31m"));
    }

    [TestCase("one two three", 7, 2, "one two|  three")]
    [TestCase("  one two three", 8, 4, "  one|    two|    three")]
    [TestCase("/a/path/that/is/longer then", 10, 2, "/a/path/that/is/longer|  then")]
    [TestCase("short", 80, 2, "short")]
    [TestCase("Next:   make the changes", 16, 8, "Next:   make the|        changes")]
    public void Lines_break_between_words_only(string text, int width, int indent, string lines) =>
        Assert.That(string.Join('|', LineWrap.Break(text, width, indent)), Is.EqualTo(lines));

    private const string Reason = "a → b… über the allowed limit, and this is a sentence that is a good deal longer than eighty columns.";

    private static string Show(ConsoleTraits traits, Detail detail, bool table = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new CliConsole(output, output, traits);
        var finding = new Finding("vault-0", "readOnlyRootFilesystem of container vault", "true", "not true", Outcome.Failed);
        var report = SampleReports.Of(SampleReports.Result("FS-1", Outcome.Failed, Requirement.Must, finding) with { Reason = Reason });
        var view = new ConsoleReport(console, ReportView.Default with { Detail = detail });
        view.Write(report with { Notices = [Reason] });
        view.WriteVerdict(report);
        if (table)
        {
            console.Ansi.Write(new Table().AddColumns("A", "B").AddRow("x", "y"));
        }

        return output.ToString();
    }
}
