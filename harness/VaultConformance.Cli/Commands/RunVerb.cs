using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Commands;

/// <summary><c>run</c>: installs a release, verifies the controls, reports.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class RunVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var options = new SettingOptions([.. Settings.OfRelease, .. Settings.OfCluster, .. Settings.OfJudging, .. Settings.OfRun]);
        var command = new Command(
            "run", "Install Vault with the values under test, verify that it really runs hardened, and report (the default verb).");
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(options.CreateLayer(result), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ISettingLayer commandLine, CancellationToken cancellationToken)
    {
        var plan = await new RunPlanParser(CreateContext()).ParseAsync(commandLine, cancellationToken);
        using var signer = plan.Signing?.Key;
        foreach (var fact in RunPlanText.Describe(plan))
        {
            services.Console.WriteLine($"{fact.Name,-14} {fact.Value}");
        }

        new AttestationText(services.Console).WriteNotices([.. plan.Notices, .. plan.Signing?.Warnings ?? []]);
        PreviousRun.Remove(plan);
        var progress = ConsoleProgress.CreateFor(services.Console, services.TimeProvider);
        var delivery = new RunDelivery(plan, services);
        var outcome = await progress.ShowWhileAsync(
            () => services.Pipeline.ExecuteAsync(
                plan, progress, result => delivery.WriteAsync(result, cancellationToken), cancellationToken));
        return Report(outcome, delivery, cancellationToken);
    }

    private int Report(RunOutcome outcome, RunDelivery delivery, CancellationToken cancellationToken)
    {
        var console = new ConsoleReport(services.Console);
        console.Write(outcome.Report);
        delivery.Show();
        new FixText(services.Console).WritePlace(outcome.Report, delivery.Folder);
        foreach (var line in outcome.Kept)
        {
            services.Console.WriteLine(line);
        }

        console.WriteVerdict(outcome.Report);
        if (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        return outcome.Failure is { } failure ? services.Errors.Print(failure) : ExitCodes.From(outcome.Report.Verdict);
    }

    private PlanContext CreateContext() => new(
        services.WorkingFolder,
        services.Variables,
        services.Judge.Controls,
        services.Judge.Profiles,
        services.Repository,
        RunIds.CreateNext(services.TimeProvider)) { Time = services.TimeProvider };
}
