namespace VaultConformance.Judging;

/// <summary>What the failure of one fact means, in plain words.</summary>
/// <param name="Text">A sentence with its full stop; what one subject does where <paramref name="OfSeveral"/> is given.</param>
/// <param name="OfSeveral">What several subjects do; null where the sentence does not begin with its subject.</param>
internal sealed record FailureSentence(string Text, string? OfSeveral = null)
{
    /// <summary>True when it is said before the others of its control.</summary>
    public bool Leads { get; init; }

    /// <summary>The sentence with the subjects that it is true of.</summary>
    /// <param name="subjects">The subjects; empty where they need no name.</param>
    public string Write(IReadOnlyList<string> subjects)
    {
        var names = ShortList.Join(subjects);
        if (OfSeveral is not null)
        {
            return $"{names} {(subjects.Count == 1 ? Text : OfSeveral)}.";
        }

        return subjects.Count == 0 ? Text : $"{Text.TrimEnd('.')} ({names}).";
    }
}
