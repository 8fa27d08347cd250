using System.CommandLine;
using Spectre.Console;
using VaultConformance.Cli.Doctor;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary><c>doctor</c>: looks at each prerequisite of a run.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class DoctorVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var command =
            new Command("doctor", "Look at each prerequisite of a run: what was found, and how to fix what is missing. Changes nothing.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    /// <summary>Shows what checks found.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="found">The checks by name.</param>
    /// <returns>The exit code.</returns>
    internal static int Show(CliConsole console, IReadOnlyList<(string Name, CheckResult Result)> found)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "Check", "Found");
        foreach (var (name, result) in found)
        {
            table.AddRow(
                new Text(Mark(result.Status), ChooseTone(result.Status).Style),
                new Text(name),
                new Text(Printable.ToOneLine(result.Found)));
        }

        console.Ansi.Write(table);
        foreach (var (name, result) in found.Where(check => check.Result.Fix is not null))
        {
            console.WriteLine($"{name}: {result.Fix}", ChooseTone(result.Status));
        }

        var missing = found.Where(check => check.Result.Status == CheckStatus.Missing).Select(check => check.Name).ToList();
        console.WriteLine(missing.Count == 0 ? "Ready to run." : $"Not ready to run: {string.Join(", ", missing)}.");
        return missing.Count == 0 ? ExitCodes.Success : ExitCodes.Environment;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var checks = Checks.CreateAll(services, client);
        var results = await Task.WhenAll(checks.Select(check => check.RunAsync(cancellationToken)));
        return Show(services.Console, [.. checks.Zip(results, (check, result) => (check.Name, result))]);
    }

    private static string Mark(CheckStatus status) => status switch
    {
        CheckStatus.Fine => "ok",
        CheckStatus.Notable => "note",
        _ => "MISSING",
    };

    private static Tone ChooseTone(CheckStatus status) => status switch
    {
        CheckStatus.Fine => Tone.Good,
        CheckStatus.Notable => Tone.Warning,
        _ => Tone.Bad,
    };
}
