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

    /// <summary>What the failure means in plain words; null where fact, actual and expected say it, and when it did not fail.</summary>
    internal FailureSentence? Sentence { get; private init; }

    /// <summary>What makes it fail together with others; null when it stands alone, and when it did not fail.</summary>
    internal FailureCause? Cause { get; private init; }

    /// <summary>True when it is open because time ran out.</summary>
    internal bool OutOfTime { get; private init; }

    /// <summary>Places in the values files that it is about; empty when the keys of the control say where.</summary>
    internal IReadOnlyList<ValuePlace> Places { get; private init; } = [];

    // The first of a list of offenders, for a sentence.
    private string? Shortened { get; init; }

    /// <summary>A required fact.</summary>
    public static Judgement Of(string fact, bool holds, string expected, string actual) =>
        new(fact, expected, actual, holds ? Outcome.Passed : Outcome.Failed);

    /// <summary>A required fact: a list that has to be empty.</summary>
    public static Judgement None(string fact, IEnumerable<string> offenders) =>
        offenders.ToList() is var list && list.Count == 0
            ? Of(fact, true, "none", "none")
            : Of(fact, false, "none", string.Join(", ", list)) with { Shortened = ShortList.Join(list) };

    /// <summary>A fact that could not be told.</summary>
    public static Judgement Unknown(string fact, string expected, string reason) => new(fact, expected, reason, Outcome.Inconclusive);

    /// <summary>A fact that does not matter here.</summary>
    public static Judgement Irrelevant(string fact, string reason) => new(fact, string.Empty, reason, Outcome.NotApplicable);

    /// <summary>
    /// A fact that is good enough where the requirement itself holds, with a warning when it does not reach what is advised.
    /// </summary>
    public static Judgement Advised(string fact, bool holds, string expected, string actual) =>
        new(fact, holds ? expected : $"{expected} (advised)", actual, Outcome.Passed) { Warned = !holds };

    /// <summary>The same, with the places in the values files that a failure is about.</summary>
    /// <param name="places">The places, the most telling first.</param>
    internal Judgement At(IEnumerable<ValuePlace> places) => Outcome == Outcome.Failed ? this with { Places = [.. places] } : this;

    /// <summary>The same, but only recommended.</summary>
    public Judgement AsRecommendation() => this with { Recommended = true };

    /// <summary>A fact that could not be determined because time ran out.</summary>
    public static Judgement Late(string fact, string expected, string reason) =>
        Unknown(fact, expected, reason) with { OutOfTime = true };

    /// <summary>Says a failure in one plain sentence.</summary>
    /// <param name="sentence">The sentence, with its full stop.</param>
    /// <param name="cause">What makes it fail together with others.</param>
    public Judgement Saying(string sentence, FailureCause? cause = null) => Saying(_ => sentence, cause);

    /// <summary>Says a failure in one plain sentence.</summary>
    /// <param name="sentence">Makes the sentence of what was seen, where a long list is shortened.</param>
    /// <param name="cause">What makes it fail together with others.</param>
    public Judgement Saying(Func<string, string> sentence, FailureCause? cause = null)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return Outcome == Outcome.Failed
            ? this with { Sentence = new FailureSentence(sentence(Shortened ?? Actual)), Cause = cause }
            : this;
    }

    /// <summary>Says a failure in one sentence about a part of the subject; the same about several parts is said once.</summary>
    /// <param name="who">The part, for example a process.</param>
    /// <param name="one">The sentence about one, with <see cref="FailureSentence.Placeholder"/> in the place of the part.</param>
    /// <param name="several">The sentence about several.</param>
    /// <param name="cause">What makes it fail together with others.</param>
    public Judgement SayingOf(string who, string one, string several, FailureCause? cause = null) => Outcome == Outcome.Failed
        ? this with { Sentence = new FailureSentence(one, several) { Of = who }, Cause = cause }
        : this;

    /// <summary>The same, said before what else failed: what is in effect before what is declared.</summary>
    /// <param name="sentence">The sentence, with its full stop.</param>
    /// <param name="cause">What makes it fail together with others.</param>
    public Judgement SayingFirst(string sentence, FailureCause? cause = null) => Outcome == Outcome.Failed
        ? this with { Sentence = new FailureSentence(sentence) { Leads = true }, Cause = cause }
        : this;

    /// <summary>Says a failure in a sentence that begins with its subject.</summary>
    /// <param name="one">What one subject does, for example <c>answers in plain HTTP</c>.</param>
    /// <param name="several">What several subjects do.</param>
    /// <param name="cause">What makes it fail together with others.</param>
    public Judgement SayingOfSubject(string one, string several, FailureCause? cause = null) =>
        Outcome == Outcome.Failed ? this with { Sentence = new FailureSentence(one, several), Cause = cause } : this;
}
