using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness.Products;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Lint;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Commands;

/// <summary><c>lint</c>: judges what chart and values declare, without a cluster.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class LintVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var command = new VerbCommand(
            "lint",
            "Judge what chart and values declare, in seconds and without a cluster. It finds what would fail in any release; "
                + "that something holds, only 'run' can prove.",
            "lint my-values.yaml",
            "lint -f values.yaml -f production.yaml -o results",
            "lint my-values.yaml --chart ./chart.tgz --profile hardened",
            $"lint my-values.yaml --chart {ServerProduct.Vault.DefaultChart} --chart-version 0.34.1 --kube-version 1.34",
            "lint my-values.yaml -q --fail-on should");
        var files = new ValuesArgument(services.WorkingFolder);
        command.Add(files);
        var options = new SettingOptions(Settings.OfLint, (Settings.Values, files));
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
        var text = new AttestationText(services.Console);
        text.WriteNotices(plan.Notices);
        text.WriteNotices(ExpiredWaivers.ListNotices(plan.Controls.Waivers, services.TimeProvider.GetUtcNow()));
        var pipeline = new LintPipeline(services.Repository, services.Variables, services.TimeProvider, services.Judge);
        var report = await pipeline.ExecuteAsync(plan, new NoticeProgress(services.Console), cancellationToken);
        if (plan.HasOutput)
        {
            _ = PreviousRun.Remove(plan);
            await new ReportFolder(plan.OutputFolder).WriteAsync(report, nunitXml: null, cancellationToken);
        }

        return Show(report, plan, view);
    }

    private int Show(ConformanceReport report, RunPlan plan, ReportView view)
    {
        var console = new ConsoleReport(services.Console, view);
        console.Write(report);
        if (plan.HasOutput)
        {
            new FixText(services.Console).WritePlace(report, plan.OutputFolder);
        }

        console.WriteVerdict(report);
        var decided = new ExitDecision(services.Console).Decide(report, plan.Exit);
        if (plan.HasOutput)
        {
            new NextStep(services.Console).Write(report, plan.OutputFolder);
        }
        else if (view.Detail != Detail.Quiet)
        {
            services.Console.WriteLine($"Next:   {DescribeNext(report)}", indent: 8);
        }

        return decided;
    }

    // A hook runs at every commit, so that files are written only where someone asks for them.
    private static string DescribeNext(ConformanceReport report) => report.Verdict == Verdict.NonConformant
        ? "make the changes under 'Fix' above. With '-o FOLDER' the report is written too, and fix.yaml with every change that values can "
            + "make; failures that you accept go into a waiver file (--waivers)."
        : "prove it: 'run' with the same values installs them on a cluster of its own. '-o FOLDER' writes the report.";

    private PlanContext CreateContext() => new(
        services.WorkingFolder,
        services.Variables,
        services.Judge.Controls,
        services.Judge.Profiles,
        services.Repository,
        RunIds.CreateNext(services.TimeProvider)) { Time = services.TimeProvider, OpenResults = RecordedResults.OpenDeclared };
}
