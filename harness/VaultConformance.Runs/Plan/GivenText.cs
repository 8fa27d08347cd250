namespace VaultConformance.Runs.Plan;

/// <summary>Tells the name of a file from what should have been in the file. Such a text may be a secret, and is never repeated.</summary>
internal static class GivenText
{
    private const int LongestName = 1024;
    private const int ShortestKey = 60;

    /// <summary>What is wrong with a text that cannot be the name of a file; null when it can.</summary>
    /// <param name="text">What was given.</param>
    public static string? FindProblem(string text) =>
        text.Contains('\n', StringComparison.Ordinal) || text.Length > LongestName || IsEncoded(text)
            ? $"what was given has {text.Length} characters and is not the name of a file; write it to a file, and name that"
            : null;

    // A key without the lines around it.
    private static bool IsEncoded(string text) =>
        text.Length >= ShortestKey && Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
