using System.Globalization;
using VaultConformance.Harness;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>The longest time of a run, told apart from an interruption by the user.</summary>
/// <param name="plan">The plan.</param>
/// <param name="log">Knows what was going on.</param>
/// <param name="interrupted">Cancelled by the user.</param>
internal sealed class RunTimeLimit(RunPlan plan, PhaseLog log, CancellationToken interrupted) : IDisposable
{
    private readonly CancellationTokenSource _both = CancellationTokenSource.CreateLinkedTokenSource(interrupted);

    /// <summary>Cancelled by the user, and when the time is over.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>Cancelled by the user only: for what still has to be done when the time is over.</summary>
    public CancellationToken Interrupted => interrupted;

    /// <summary>True when the time is over and the user did not interrupt the run.</summary>
    public bool IsOver => _both.IsCancellationRequested && !interrupted.IsCancellationRequested;

    /// <summary>Starts the clock.</summary>
    public void Start() => _both.CancelAfter(plan.Timeout);

    /// <summary>What a run that took too long ends with.</summary>
    public HarnessException CreateFailure() => new(
        FailureKind.Environment,
        string.Create(CultureInfo.InvariantCulture, $"The run took longer than {plan.Timeout:c} and was ended in phase '{log.Current}' "
            + $"({log.LastMessage}). Allow more with --timeout."));

    /// <inheritdoc />
    public void Dispose() => _both.Dispose();
}
