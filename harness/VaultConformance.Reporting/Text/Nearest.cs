namespace VaultConformance.Reporting.Text;

/// <summary>Finds what a user probably meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest candidate, or null when none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What exists.</param>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(2, word.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: MeasureDistance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>A question to append to a message, for example <c> (did you mean 'level'?)</c>; empty when nothing is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What exists.</param>
    public static string WriteHint(string word, IEnumerable<string> candidates) =>
        Find(word, candidates) is { } candidate ? $" (did you mean '{candidate}'?)" : string.Empty;

    private static int MeasureDistance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, Math.Min(previous[column], current[column - 1]) + 1);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
