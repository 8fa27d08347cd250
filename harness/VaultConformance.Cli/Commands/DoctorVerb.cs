using System.CommandLine;
using Spectre.Console;
using VaultConformance.Cli.Doctor;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Harness.Clusters;
using VaultConformance.Reporting.Text;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary><c>doctor</c>: checks each prerequisite of a run.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class DoctorVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var kubeconfig = new Option<string?>(Settings.Kubeconfig.Option)
        {
            Description = "Check an existing cluster instead of the Docker engine; needs --context. Only reads.", HelpName = "file",
        };
        var context = new Option<string?>(Settings.Context.Option) { Description = Settings.Context.Description, HelpName = "name" };
        var command = new VerbCommand(
            "doctor",
            "Check each prerequisite of a run: what was found, and how to fix what is missing. Changes nothing.",
            "doctor",
            "doctor --kubeconfig ~/.kube/config --context staging") { kubeconfig, context };
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetValue(kubeconfig), result.GetValue(context), cancellationToken));
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

    private async Task<int> RunAsync(string? kubeconfig, string? context, CancellationToken cancellationToken)
    {
        if ((kubeconfig is null) != (context is null))
        {
            throw new HarnessException(FailureKind.Configuration, "--kubeconfig and --context belong together; neither is ever assumed.");
        }

        return kubeconfig is null || context is null
            ? await CheckMachineAsync(cancellationToken)
            : await CheckClusterAsync(Path.GetFullPath(kubeconfig, services.WorkingFolder), context, cancellationToken);
    }

    private async Task<int> CheckMachineAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        return await ShowAsync(Checks.CreateAll(services, client), cancellationToken);
    }

    private async Task<int> CheckClusterAsync(string kubeconfig, string context, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("vault-conformance-doctor-").FullName;
        try
        {
            await using var cluster = await ExistingCluster.OpenAsync(kubeconfig, context, state, cancellationToken);
            return await ShowAsync(Checks.CreateFor(services, cluster), cancellationToken);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private async Task<int> ShowAsync(IReadOnlyList<ICheck> checks, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(checks.Select(check => RunAsync(check, cancellationToken)));
        return Show(services.Console, [.. checks.Zip(results, (check, result) => (check.Name, result))]);
    }

    // What one check cannot find out is worth a note and keeps no other from being shown.
    private static async Task<CheckResult> RunAsync(ICheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Notable("could not be checked", $"The check failed: {exception.GetBaseException().Message.TrimEnd('.')}.");
        }
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
