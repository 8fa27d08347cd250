namespace VaultConformance.Reporting.Text;

/// <summary>Finds what a user probably meant.</summary>
internal static class Nearest
{
    private const int Farthest = 2;
    private const int ShortWord = 4;

    /// <summary>The nearest candidate, or null when none is near: at most two slips, in a short word only one.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What exists.</param>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var limit = word.Trim('-').Length < ShortWord ? 1 : Farthest;
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: MeasureDistance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= limit && pair.Distance < pair.Candidate.Trim('-').Length)
            .Where(pair => !HasOtherNumber(word, pair.Candidate))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>A question to append to a message, for example <c> (did you mean 'level'?)</c>; empty when nothing is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What exists.</param>
    public static string WriteHint(string word, IEnumerable<string> candidates) =>
        Find(word, candidates) is { } candidate ? $" (did you mean '{candidate}'?)" : string.Empty;

    // Someone who asks for CORE-99 means no other number; CORE-01 and core-1 are CORE-1, and another version may well be meant.
    private static bool HasOtherNumber(string word, string candidate) =>
        !word.Contains('@', StringComparison.Ordinal)
        && word.Any(char.IsAsciiDigit)
        && RemoveDigits(word).Equals(RemoveDigits(candidate), StringComparison.OrdinalIgnoreCase)
        && SelectDigits(word) != SelectDigits(candidate);

    private static string RemoveDigits(string text) => string.Concat(text.Where(character => !char.IsAsciiDigit(character)));

    private static string SelectDigits(string text) => string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');

    // Slips: a letter too many, one missing, another one, or two neighbours swapped.
    private static int MeasureDistance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                rows[row, column] = row == 0 ? column : column == 0 ? row : MeasureStep(rows, row, column, left, right);
            }
        }

        return rows[left.Length, right.Length];
    }

    private static int MeasureStep(int[,] rows, int row, int column, string left, string right)
    {
        var same = left[row - 1] == right[column - 1];
        var least = Math.Min(
            rows[row - 1, column - 1] + (same ? 0 : 1), Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1);
        var swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        return swapped ? Math.Min(least, rows[row - 2, column - 2] + 1) : least;
    }
}
