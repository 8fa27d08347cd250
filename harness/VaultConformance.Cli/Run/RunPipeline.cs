using VaultConformance.Cli.Plan;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Run;

/// <summary>Machine, cluster, release, controls, report, removal.</summary>
/// <param name="repository">Where the fixtures are.</param>
/// <param name="variables">The environment.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class RunPipeline(RepositoryFolder repository, IReadOnlyDictionary<string, string> variables, TimeProvider timeProvider) : IRunPipeline
{
    /// <inheritdoc />
    public async Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken)
    {
        var log = new PhaseLog(progress, timeProvider.GetUtcNow());
        var machine = await new MachinePreparation(repository, variables, timeProvider).PrepareAsync(plan, log, cancellationToken);
        using var limit = new CancellationTokenSource(plan.Timeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var work = new WorkFolder(plan.RunId);
        try
        {
            return await new PreparedRun(plan, machine, work, KeptRun.Folder(variables), timeProvider, log).ExecuteAsync(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HarnessException(
                FailureKind.Environment,
                FormattableString.Invariant($"The run took longer than {plan.Timeout:c} and was ended in phase '{log.Current}' ({log.LastMessage}). Everything it created is removed. Allow more with --timeout."));
        }
    }
}
