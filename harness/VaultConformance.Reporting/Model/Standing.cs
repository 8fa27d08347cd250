namespace VaultConformance.Reporting.Model;

/// <summary>What one result means for its run.</summary>
public enum Standing
{
    /// <summary>Proved to hold.</summary>
    Holds,

    /// <summary>Does not apply here.</summary>
    DoesNotApply,

    /// <summary>Failed, and the deviation is declared and still valid.</summary>
    Accepted,

    /// <summary>A recommendation that failed. The release can still be conformant.</summary>
    Advice,

    /// <summary>A recommendation that could not be told. The release can still be conformant.</summary>
    UntoldAdvice,

    /// <summary>A requirement that failed. The release is not conformant.</summary>
    Breach,

    /// <summary>A requirement that could not be told. The run is incomplete.</summary>
    Untold,

    /// <summary>Only what is declared was judged, and it did not fail. Neither proved nor open: a run has to prove it.</summary>
    Unproven,
}

/// <summary>
/// The one table from outcome and level to what a result means. Verdict, exit code, NUnit, JUnit, SARIF and attestations ask here, so that
/// no two of them can disagree.
/// </summary>
internal static class StandingRules
{
    /// <summary>What a result means.</summary>
    /// <param name="result">The result.</param>
    public static Standing GetStanding(this ControlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Decide(result.Outcome, result.Level);
    }

    /// <summary>What an outcome means at a level.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="level">The level that counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such outcome.</exception>
    public static Standing Decide(Outcome outcome, Requirement level) => (outcome, level) switch
    {
        (Outcome.Passed, _) => Model.Standing.Holds,
        (Outcome.NotApplicable, _) => Model.Standing.DoesNotApply,
        (Outcome.Waived, _) => Model.Standing.Accepted,
        (Outcome.Failed, Requirement.Must) => Model.Standing.Breach,
        (Outcome.Failed, _) => Model.Standing.Advice,
        (Outcome.Inconclusive, Requirement.Must) => Model.Standing.Untold,
        (Outcome.Inconclusive, _) => Model.Standing.UntoldAdvice,
        (Outcome.Declared or Outcome.RunOnly, _) => Model.Standing.Unproven,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };
}
