namespace VaultConformance.Cli.Doctor;

/// <summary>Looks at one thing that a run needs.</summary>
internal interface ICheck
{
    /// <summary>What is checked, in a word or two.</summary>
    string Name { get; }

    /// <summary>Looks; changes nothing.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<CheckResult> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Status">Whether a run can go on with it.</param>
/// <param name="Found">What is there, with its version.</param>
/// <param name="Fix">What to do; null when all is well.</param>
internal sealed record CheckResult(CheckStatus Status, string Found, string? Fix)
{
    /// <summary>All is well.</summary>
    /// <param name="found">What is there.</param>
    public static CheckResult Fine(string found) => new(CheckStatus.Fine, found, null);

    /// <summary>A run goes on, but in another way or with another result.</summary>
    /// <param name="found">What is there.</param>
    /// <param name="fix">What to do about it.</param>
    public static CheckResult Notable(string found, string fix) => new(CheckStatus.Notable, found, fix);

    /// <summary>A run cannot go on.</summary>
    /// <param name="found">What is there.</param>
    /// <param name="fix">What to do about it.</param>
    public static CheckResult Missing(string found, string fix) => new(CheckStatus.Missing, found, fix);
}

/// <summary>Whether a run can go on.</summary>
internal enum CheckStatus
{
    /// <summary>It can.</summary>
    Fine,

    /// <summary>It can, in another way or with another result.</summary>
    Notable,

    /// <summary>It cannot.</summary>
    Missing,
}
