using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli.Output;

/// <summary>Passes progress on and remembers whether removing what a run created went wrong.</summary>
/// <param name="next">Where progress goes.</param>
internal sealed class RemovalWatch(IRunProgress next) : IRunProgress
{
    /// <summary>True when something may be left.</summary>
    public bool HasTrouble { get; private set; }

    /// <inheritdoc />
    public void Report(ProgressEvent progressEvent)
    {
        HasTrouble |= progressEvent is { Kind: ProgressKind.Notice, Phase: RunRemoval.Phase };
        next.Report(progressEvent);
    }
}
