using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging;

/// <summary>A finding with what its failure means.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Sentence">What its failure means; null where fact, actual and expected say it.</param>
/// <param name="Cause">What makes it fail together with others; null when it stands alone.</param>
internal sealed record ExplainedFinding(Finding Finding, FailureSentence? Sentence = null, FailureCause? Cause = null)
{
    /// <summary>Places in the values files that it is about.</summary>
    public IReadOnlyList<ValuePlace> Places { get; init; } = [];
}

/// <summary>Why a control failed, in a few plain sentences.</summary>
internal static class FailureSummary
{
    private const int SentencesShown = 3;

    // They stand for the whole release and need no name.
    private static readonly string[] Wholes = ["", "release", "namespace"];

    /// <summary>The sentences. Each is said once, with the subjects that it is true of where the control has several.</summary>
    /// <param name="deciding">The findings that decided the outcome.</param>
    public static string Write(IReadOnlyList<ExplainedFinding> deciding)
    {
        var subjects = deciding.Select(item => item.Finding.Subject).Except(Wholes).Distinct().Count();
        var sentences = deciding.Where(item => item.Finding.Outcome == Outcome.Failed)
            .Select(item => (item.Finding, Sentence: item.Sentence ?? Describe(item.Finding)))
            .GroupBy(item => item.Sentence with { Of = null }, item => item)
            .OrderByDescending(group => group.Key.Leads)
            .Select(group =>
                group.Key.Write(ListNames(group, subjects), [.. group.Select(item => item.Sentence.Of).OfType<string>().Distinct()]))
            .Distinct()
            .ToList();
        return sentences.Count switch
        {
            0 => string.Empty,
            <= SentencesShown + 1 => string.Join(' ', sentences),
            var count => $"{string.Join(' ', sentences.Take(SentencesShown))} {count - SentencesShown} more facts failed.",
        };
    }

    /// <summary>The cause that failed findings name; null when none does.</summary>
    /// <param name="deciding">The findings that decided the outcome.</param>
    public static FailureCause? FindCause(IReadOnlyList<ExplainedFinding> deciding) =>
        deciding.Where(item => item.Finding.Outcome == Outcome.Failed).Min(item => item.Cause);

    private static FailureSentence Describe(Finding finding) =>
        new($"{finding.Fact}: {finding.Actual} (expected {finding.Expected}).");

    private static IReadOnlyList<string> ListNames(
        IGrouping<FailureSentence, (Finding Finding, FailureSentence Sentence)> group, int subjects)
    {
        var named = group.Select(item => item.Finding.Subject).Except(Wholes).Distinct().ToList();
        var needless = (group.Key.OfSeveral is null || group.Any(item => item.Sentence.Of is not null))
            && (subjects < 2 || named.Count == 0
                || named.TrueForAll(subject => group.Key.Text.Contains(subject, StringComparison.Ordinal)));
        return needless ? [] : [.. named.DefaultIfEmpty("The release").Select(DescribeSubject)];
    }

    // Subjects that are not pods are written 'service/vault:8200'.
    private static string DescribeSubject(string subject) =>
        subject.Split('/', 2) switch
        {
            ["service", var name] => $"Service {name}",
            ["ingress", var name] => $"Ingress {name}",
            ["route", var name] => $"Route {name}",
            ["configmap", var name] => $"ConfigMap {name}",
            ["statefulset", var name] => $"StatefulSet {name}",
            _ => subject,
        };
}
