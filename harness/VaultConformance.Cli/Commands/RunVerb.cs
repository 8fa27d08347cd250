using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness.Products;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Commands;

/// <summary><c>run</c>: installs a release, verifies the controls, reports.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class RunVerb(CliServices services) : IVerb
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "run";

    /// <summary>Whether a word is a values file and not a verb.</summary>
    /// <param name="word">The word.</param>
    public static bool IsValuesFile(string word) =>
        word.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || word.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public Command Create()
    {
        var command = new VerbCommand(
            Name,
            "Install Vault with the values under test, verify that it really runs hardened, and report (the default verb).",
            "run my-values.yaml",
            "run -f values.yaml -f production.yaml -o results",
            "run my-values.yaml --profile hardened --only TLS,FS-1",
            "run my-values.yaml --kubeconfig ~/.kube/config --context staging",
            $"run my-values.yaml --chart {ServerProduct.Vault.DefaultChart} --chart-version 0.34.1 --fail-on-stand-in");
        var files = new ValuesArgument(services.WorkingFolder);
        command.Add(files);
        var options = new SettingOptions(Settings.All, (Settings.Values, files));
        options.AddTo(command, services.Judge);
        var view = new ViewOptions();
        view.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(options.CreateLayer(result), view.Read(result), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ISettingLayer commandLine, ReportView view, CancellationToken cancellationToken)
    {
        var plan = await new ValuesNotices(services.Repository)
            .FillInAsync(await new RunPlanParser(CreateContext()).ParseAsync(commandLine, cancellationToken), cancellationToken);
        using var signer = plan.Signing?.Key;
        Announce(plan, view);
        var progress = ConsoleProgress.CreateFor(services.Console, services.TimeProvider, view.Detail);
        var removal = new RemovalWatch(progress);
        var delivery = new RunDelivery(plan, services);
        try
        {
            var outcome = await progress.ShowWhileAsync(
                () => services.Pipeline.ExecuteAsync(
                    plan, removal, result => delivery.WriteAsync(result, cancellationToken), cancellationToken));
            var code = Report(plan, outcome, delivery, view);
            return cancellationToken.IsCancellationRequested ? EndInterrupted(removal, outcome.Kept.Count > 0) : code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return EndInterrupted(removal, isKept: false);
        }
    }

    private void Announce(RunPlan plan, ReportView view)
    {
        foreach (var fact in view.Detail == Detail.Quiet ? [] : RunPlanText.Describe(plan))
        {
            services.Console.WriteLine($"{fact.Name,-14} {fact.Value}", indent: 15);
        }

        var text = new AttestationText(services.Console);
        text.WriteNotices([.. plan.Notices, .. plan.Signing?.Warnings ?? []]);
        text.WriteNotices(ExpiredWaivers.ListNotices(plan.Controls.Waivers, services.TimeProvider.GetUtcNow()));
        if (PreviousRun.Remove(plan) is { } removed)
        {
            services.Console.WriteLine($"removed        {removed} in {plan.OutputFolder}", indent: 15);
        }
    }

    private int EndInterrupted(RemovalWatch removal, bool isKept)
    {
        services.Console.Error.WriteLine(isKept
            ? "Interrupted; what was created is kept, as --keep asks for."
            : removal.HasTrouble
                ? "Interrupted; not everything that was created was removed. 'clean' removes what is left."
                : "Interrupted; everything that was created was removed.");
        return ExitCodes.Interrupted;
    }

    private int Report(RunPlan plan, RunOutcome outcome, RunDelivery delivery, ReportView view)
    {
        var console = new ConsoleReport(services.Console, view);
        console.Write(outcome.Report);
        delivery.Show();
        new FixText(services.Console).WritePlace(outcome.Report, delivery.Folder);
        foreach (var line in outcome.Kept)
        {
            services.Console.WriteLine(line);
        }

        console.WriteVerdict(outcome.Report);
        delivery.ThrowIfFailed();
        var decided = new ExitDecision(services.Console).Decide(outcome.Report, plan.Exit);
        new NextStep(services.Console).Write(outcome.Report, plan.OutputFolder);
        return outcome.Failure is { } failure ? services.Errors.Print(failure) : decided;
    }

    private PlanContext CreateContext() => new(
        services.WorkingFolder,
        services.Variables,
        services.Judge.Controls,
        services.Judge.Profiles,
        services.Repository,
        RunIds.CreateNext(services.TimeProvider)) { Time = services.TimeProvider, OpenResults = RecordedResults.OpenRun };
}
