using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging;

/// <summary>One compared fact without its subject: what pure judging code gives back.</summary>
/// <param name="Fact">What was compared, in words.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What was seen, or why nothing can be said.</param>
/// <param name="Outcome">Passed, Failed, NotApplicable or Inconclusive.</param>
/// <param name="Recommended">True when it is only recommended within a required control.</param>
public sealed record Judgement(string Fact, string Expected, string Actual, Outcome Outcome, bool Recommended = false)
{
    /// <summary>True when the fact is good enough to pass, yet worth a warning.</summary>
    public bool Warned { get; private init; }

    /// <summary>A required fact.</summary>
    public static Judgement Of(string fact, bool holds, string expected, string actual) =>
        new(fact, expected, actual, holds ? Outcome.Passed : Outcome.Failed);

    /// <summary>A required fact: a list that has to be empty.</summary>
    public static Judgement None(string fact, IEnumerable<string> offenders) =>
        offenders.ToList() is var list && list.Count == 0
            ? Of(fact, true, "none", "none")
            : Of(fact, false, "none", string.Join(", ", list));

    /// <summary>A fact that could not be told.</summary>
    public static Judgement Unknown(string fact, string expected, string reason) => new(fact, expected, reason, Outcome.Inconclusive);

    /// <summary>A fact that does not matter here.</summary>
    public static Judgement Irrelevant(string fact, string reason) => new(fact, string.Empty, reason, Outcome.NotApplicable);

    /// <summary>
    /// A fact that is good enough where the requirement itself holds, with a warning when it does not reach what is advised.
    /// </summary>
    public static Judgement Advised(string fact, bool holds, string expected, string actual) =>
        new(fact, holds ? expected : $"{expected} (advised)", actual, Outcome.Passed) { Warned = !holds };

    /// <summary>The same, but only recommended.</summary>
    public Judgement AsRecommendation() => this with { Recommended = true };
}
