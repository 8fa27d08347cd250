using NUnit.Framework.Constraints;
using VaultConformance.Controls.Bridge;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Framework;

/// <summary>How a control says what it found.</summary>
public abstract partial class ControlFixture
{
    /// <summary>Compares a required fact.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What is compared, in words.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="expected">What is expected; its description becomes the expectation in the report.</param>
    /// <param name="sentence">What a failure means in one plain sentence; null where fact, actual and expected say it.</param>
    /// <returns>True when it holds.</returns>
    protected bool Check<T>(string subject, string fact, T actual, IResolveConstraint expected, string? sentence = null) =>
        Compare(subject, fact, actual, expected, false, sentence);

    /// <summary>Compares a required fact, both sides in words.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What is compared.</param>
    /// <param name="holds">True when it holds.</param>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="sentence">What a failure means in one plain sentence; null where fact, actual and expected say it.</param>
    protected bool Check(string subject, string fact, bool holds, string expected, string actual, string? sentence = null) =>
        Take(subject, Judgement.Of(fact, holds, expected, actual), sentence);

    /// <summary>Compares a fact that is only recommended: when nothing else fails, the control's level sinks to SHOULD.</summary>
    /// <inheritdoc cref="Check{T}" />
    protected bool Recommend<T>(string subject, string fact, T actual, IResolveConstraint expected, string? sentence = null) =>
        Compare(subject, fact, actual, expected, true, sentence);

    /// <summary>
    /// Compares a fact that is only recommended, both sides in words: when nothing else fails, the control's level sinks to SHOULD.
    /// </summary>
    /// <inheritdoc cref="Check(string, string, bool, string, string, string?)" />
    protected bool Recommend(string subject, string fact, bool holds, string expected, string actual, string? sentence = null) =>
        Take(subject, Judgement.Of(fact, holds, expected, actual).AsRecommendation(), sentence);

    /// <summary>Records what pure judging code found out about a subject.</summary>
    private protected void Report(string subject, params IEnumerable<Judgement> judgements)
    {
        foreach (var judgement in judgements)
        {
            Assertions.Count();
            var finding = new Finding(subject, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome);
            Run.Add(finding, judgement);
            if (judgement.Warned)
            {
                Run.Warn(finding);
            }
        }
    }

    // That all pods are there lets a control go on; it is not part of what the control requires.
    private void ReportCount(Judgement judgement)
    {
        if (judgement.Outcome == Outcome.Passed)
        {
            Run.AddCount(new Finding(Subjects.Release, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome));
        }
        else
        {
            Report(Subjects.Release, judgement);
        }
    }

    /// <summary>Records that a fact does not matter for a subject, and why.</summary>
    protected void DoesNotApply(string subject, string fact, string reason) => Report(subject, Judgement.Irrelevant(fact, reason));

    /// <summary>Records that a fact could not be told, and goes on.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What could not be compared.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="reason">Why it could not be told.</param>
    protected void CannotTell(string subject, string fact, string expected, string reason) =>
        Report(subject, Judgement.Unknown(fact, expected, reason));

    private bool Compare<T>(
        string subject, string fact, T actual, IResolveConstraint expected, bool recommended, string? sentence)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var result = expected.Resolve().ApplyTo(actual);
        var judgement = Judgement.Of(fact, result.IsSuccess, FindingText.DescribeExpected(result), FindingText.DescribeActual(result));
        return Take(subject, judgement with { Recommended = recommended }, sentence);
    }

    private bool Take(string subject, Judgement judgement, string? sentence)
    {
        Report(subject, sentence is null ? judgement : judgement.Saying(sentence));
        return judgement.Outcome == Outcome.Passed;
    }
}
