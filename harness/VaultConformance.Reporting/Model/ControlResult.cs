namespace VaultConformance.Reporting.Model;

/// <summary>What became of one control in one run.</summary>
/// <param name="Control">The control.</param>
/// <param name="Level">Level that counted in this run, after profile and circumstances.</param>
/// <param name="LevelReason">Why the level differs from the control's own; null when it does not.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it failed, does not apply or could not be told; empty when passed.</param>
/// <param name="Findings">What was looked at, subject by subject.</param>
/// <param name="Duration">How long the control took, observation included.</param>
public sealed record ControlResult(
    ControlDescriptor Control,
    Requirement Level,
    string? LevelReason,
    Outcome Outcome,
    string Reason,
    IReadOnlyList<Finding> Findings,
    TimeSpan Duration);

/// <summary>One fact that a control compared.</summary>
/// <param name="Subject">Pod, Service or other thing.</param>
/// <param name="Fact">What was compared, in words.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What was seen.</param>
/// <param name="Outcome">Passed, Failed, NotApplicable or Inconclusive.</param>
public sealed record Finding(string Subject, string Fact, string Expected, string Actual, Outcome Outcome);
