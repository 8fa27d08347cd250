namespace VaultConformance.Reporting.Profiles;

/// <summary>What a profile extends, as far as it could be found.</summary>
/// <param name="Profile">The profile that it extends; null when there is none.</param>
/// <param name="Problem">Why it cannot be extended; null when it can, or when nothing is extended.</param>
internal sealed record ProfileBase(Profile? Profile, ProfileProblem? Problem)
{
    /// <summary>Nothing was looked for.</summary>
    public static ProfileBase None { get; } = new(null, null);
}

/// <summary>A problem in the text of a profile.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Text">One sentence.</param>
internal sealed record ProfileProblem(int Line, string Text);
