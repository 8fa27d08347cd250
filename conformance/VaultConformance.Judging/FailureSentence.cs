namespace VaultConformance.Judging;

/// <summary>What the failure of one fact means, in plain words.</summary>
/// <param name="Text">A sentence with its full stop; what one subject does where <paramref name="OfSeveral"/> is given.</param>
/// <param name="OfSeveral">What several subjects do; null where the sentence does not begin with its subject.</param>
internal sealed record FailureSentence(string Text, string? OfSeveral = null)
{
    /// <summary>True when it is said before the others of its control.</summary>
    public bool Leads { get; init; }

    /// <summary>Stands in a sentence for what it is about within its subject.</summary>
    public const string Placeholder = "{who}";

    /// <summary>
    /// What the sentence is about within its subject, for example <c>sh (PID 1)</c>; null when it is about the subject itself. Sentences
    /// that differ in it alone are said as one.
    /// </summary>
    public string? Of { get; init; }

    /// <summary>The sentence with the subjects that it is true of.</summary>
    /// <param name="subjects">The subjects; empty where they need no name.</param>
    /// <param name="about">What it is about within them; empty where it is about them.</param>
    public string Write(IReadOnlyList<string> subjects, IReadOnlyList<string> about)
    {
        var names = ShortList.Join(subjects);
        if (about.Count > 0)
        {
            var text = (about.Count == 1 ? Text : OfSeveral ?? Text).Replace(Placeholder, ShortList.Join(about), StringComparison.Ordinal);
            return subjects.Count == 0 ? text : $"{text.TrimEnd('.')} ({names}).";
        }

        if (OfSeveral is not null)
        {
            return $"{names} {(subjects.Count == 1 ? Text : OfSeveral)}.";
        }

        return subjects.Count == 0 ? Text : $"{Text.TrimEnd('.')} ({names}).";
    }
}
