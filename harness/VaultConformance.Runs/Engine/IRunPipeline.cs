using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>Carries out a plan: cluster, release, bootstrap, controls, and removal of everything that it created.</summary>
internal interface IRunPipeline
{
    /// <summary>Carries out a plan. Whatever was created is removed before this returns or throws, unless the plan keeps it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="deliver">Writes down what came of the run. It is called before anything is removed, so that trouble while removing loses no result.</param>
    /// <param name="cancellationToken">Ends the run; removal still happens, within the limit for it.</param>
    /// <exception cref="HarnessException">The run ended before anything could be said about a release.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted, and what it had created is removed.</exception>
    Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken);
}
