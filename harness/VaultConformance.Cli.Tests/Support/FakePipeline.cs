using VaultConformance.Cli.Plan;
using VaultConformance.Cli.Run;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>Keeps the plan and gives the answer that a test wants.</summary>
internal sealed class FakePipeline : IRunPipeline
{
    public RunPlan? Plan { get; private set; }

    public Func<RunPlan, IRunProgress, CancellationToken, Task<RunOutcome>> Answer { get; set; } =
        (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(Outcome.Passed), "<test-run/>", null, []));

    public Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken)
    {
        Plan = plan;
        return Answer(plan, progress, cancellationToken);
    }
}
