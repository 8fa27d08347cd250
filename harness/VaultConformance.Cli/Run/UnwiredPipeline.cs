using VaultConformance.Cli.Plan;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Run;

/// <summary>Stands where the pipeline will be until cluster, release and bootstrap are put together.</summary>
internal sealed class UnwiredPipeline : IRunPipeline
{
    /// <inheritdoc />
    public Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken) =>
        throw new HarnessException(FailureKind.Environment, "This build cannot start clusters yet. Use 'replay' with recorded evidence.");
}
