using VaultConformance.Harness;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Vault;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>Machine, cluster, release, controls, report, removal.</summary>
/// <param name="repository">Where the fixtures are.</param>
/// <param name="variables">The environment.</param>
/// <param name="timeProvider">Clock.</param>
/// <param name="vaultApi">Makes Vault clients.</param>
/// <param name="judge">Judges the release.</param>
internal sealed class RunPipeline(
    RepositoryFolder repository,
    IReadOnlyDictionary<string, string> variables,
    TimeProvider timeProvider,
    IVaultApiFactory vaultApi,
    IJudge judge) : IRunPipeline
{
    /// <inheritdoc />
    public async Task<RunOutcome> ExecuteAsync(
        RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken)
    {
        if (plan.Cluster is ClusterPlan.Existing existing)
        {
            await ExistingCluster.CheckAsync(existing.Kubeconfig, existing.Context, cancellationToken);
        }

        var log = new PhaseLog(progress, timeProvider.GetUtcNow());
        var preparation = new MachinePreparation(repository, variables, timeProvider)
        {
            Preflight = (helm, chart, token) => Preflight.CheckAsync(plan, helm, chart, token),
        };
        var machine = await preparation.PrepareAsync(plan, log, cancellationToken);
        using var limit = new RunTimeLimit(plan, log, cancellationToken);
        using var work = new WorkFolder(plan.RunId);
        limit.Start();
        try
        {
            return await new PreparedRun(
                plan, machine, work, KeptRun.GetFolder(variables), new HarnessServices(log, timeProvider, vaultApi), judge, log)
                .ExecuteAsync(limit, deliver);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw limit.CreateFailure();
        }
    }
}

/// <summary>Carries out a plan: cluster, release, bootstrap, controls, and removal of everything that it created.</summary>
internal interface IRunPipeline
{
    /// <summary>Carries out a plan. Whatever was created is removed before this returns or throws, unless the plan keeps it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="deliver">
    /// Writes down the outcome of the run. It is called before anything is removed, so that trouble while removing loses no result.
    /// </param>
    /// <param name="cancellationToken">Ends the run; removal still happens, within the limit for it.</param>
    /// <exception cref="HarnessException">The run ended before anything could be said about a release.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted, and what it had created is removed.</exception>
    Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken);
}
