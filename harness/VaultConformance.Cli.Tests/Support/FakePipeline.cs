using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>Keeps the plan, gives the answer that a test wants, and leaves the record that every run with a report leaves.</summary>
internal sealed class FakePipeline : IRunPipeline
{
    public RunPlan? Plan { get; private set; }

    public Func<RunPlan, IRunProgress, CancellationToken, Task<RunOutcome>> Answer { get; set; } =
        (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(Outcome.Passed), "<test-run/>", null, []));

    /// <summary>What happens after the result was written down, for example removal.</summary>
    public Func<RunOutcome, Task<RunOutcome>> AfterDelivery { get; set; } = Task.FromResult;

    public async Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken)
    {
        Plan = plan;
        var outcome = await Answer(plan, progress, cancellationToken);
        if (!File.Exists(Path.Combine(plan.EvidenceFolder, RunRecordFile.FileName)))
        {
            await RunRecordFile.WriteAsync(plan.EvidenceFolder, SampleRecords.Of(outcome.Report), cancellationToken);
        }

        await deliver(outcome);
        return await AfterDelivery(outcome);
    }
}
