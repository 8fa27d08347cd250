using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Deployment;

/// <summary>The live targets of a deployment, one for each stage that was opened.</summary>
/// <param name="services">Clock, progress, Vault clients.</param>
/// <param name="lifetime">Ends the run.</param>
internal sealed class LiveStages(HarnessServices services, CancellationToken lifetime)
{
    private readonly SortedDictionary<ObservationStage, LiveTarget> _opened = [];

    /// <summary>The target of a stage; it can be asked for the stages that were opened before.</summary>
    /// <param name="parts">What it is made from, when the stage was not opened yet.</param>
    internal Target Open(LiveTargetParts parts)
    {
        if (!_opened.ContainsKey(parts.Stage))
        {
            _opened.Add(parts.Stage, new LiveTarget(parts, services, lifetime));
        }

        return new Target(_opened.ToDictionary(live => live.Key, live => live.Value.Source), parts.Stage);
    }

    /// <summary>Takes everything passive in the stage that was opened last.</summary>
    /// <exception cref="InvalidOperationException">None was.</exception>
    internal Task ObserveAsync(CancellationToken cancellationToken) => _opened.Count == 0
        ? throw new InvalidOperationException("There is no target yet.")
        : _opened.Values.Last().ObserveAsync(cancellationToken);
}
