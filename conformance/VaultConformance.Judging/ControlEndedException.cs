using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging;

/// <summary>A control says that it cannot or need not be judged, for one pod or as a whole.</summary>
internal sealed class ControlEndedException(Outcome outcome, string reason) : Exception(reason)
{
    /// <summary><see cref="Reporting.Model.Outcome.NotApplicable"/> or <see cref="Reporting.Model.Outcome.Inconclusive"/>.</summary>
    public Outcome Outcome { get; } = outcome;
}
