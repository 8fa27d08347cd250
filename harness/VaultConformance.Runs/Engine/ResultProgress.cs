using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Engine;

/// <summary>Tells each result as it comes.</summary>
/// <param name="progress">Where to report.</param>
internal sealed class ResultProgress(IRunProgress progress) : IProgress<ControlResult>
{
    /// <inheritdoc />
    public void Report(ControlResult value) => progress.Note("controls", $"{value.Control.Id} {value.Outcome}");
}
