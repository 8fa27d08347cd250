namespace VaultConformance.Runs.Attestation;

/// <summary>Something does not hold: what is signed, recorded and observed are not the same. Ends in exit code 1.</summary>
internal sealed class VerificationFailedException : Exception
{
    private const int MostProblems = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="what">What does not hold, ending in a colon.</param>
    /// <param name="checks">What was looked at.</param>
    public VerificationFailedException(string what, IReadOnlyList<VerificationCheck> checks)
        : base(Text(what, [.. checks.SelectMany(check => check.Problems)]))
    {
    }

    private static string Text(string what, IReadOnlyList<string> problems)
    {
        var more = problems.Count > MostProblems ? $"\n  and {problems.Count - MostProblems} more" : string.Empty;
        return what + string.Concat(problems.Take(MostProblems).Select(problem => $"\n  {problem}")) + more;
    }
}
