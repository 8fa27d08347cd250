using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Shows the change of the values that a run proposes.</summary>
/// <param name="console">The console.</param>
internal sealed class FixText(CliConsole console)
{
    /// <summary>Says in one line where it is.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder that the report was written to.</param>
    public void WritePlace(ConformanceReport report, string folder)
    {
        if (report.Fix is { Text: not null } fix)
        {
            var path = Path.Combine(folder, RunFix.FileName);
            console.WriteLine($"A merged change of your values is in {path}; it {RunFixText.DescribeEffect(fix)}.");
            foreach (var warning in RunFixText.ListWarnings(fix, path))
            {
                console.WriteLine(warning);
            }
        }

        foreach (var refusal in report.Fix is { } offered ? RunFixText.ListRefusals(offered) : [])
        {
            console.WriteLine($"No change of your values is offered. {refusal}");
        }
    }

    /// <summary>Shows it as a unified diff, and what it mends and what not.</summary>
    /// <param name="fix">The change.</param>
    public void Write(RunFix fix)
    {
        // A line that was broken to fit the terminal is not the line that 'patch' wants.
        foreach (var line in fix.Diff.Split('\n'))
        {
            console.Out.WriteLine(Printable.ToOneLine(line));
        }

        foreach (var line in RunFixText.ListLines(fix))
        {
            console.WriteLine(line);
        }
    }
}
