namespace VaultConformance.Harness.Observations;

/// <summary>The tokens that the server knows, by their accessors; never a token or an accessor.</summary>
/// <param name="Pod">Pod of the active server.</param>
/// <param name="Tokens">Every token that is valid, the auditor's own included.</param>
/// <param name="Gaps">What could not be looked at, with the reason; empty when all tokens were.</param>
/// <param name="FirstRootToken">
/// What the server says to the root token that it was initialised with: <see cref="Revoked"/> or <see cref="Valid"/>; null where this run
/// does not have it.
/// </param>
/// <param name="RootGeneration">True while somebody makes a new root token from key shares; null when that could not be read.</param>
/// <param name="RootGenerationProblem">Why it could not be read; null when it was.</param>
public sealed record TokenFacts(
    string Pod,
    IReadOnlyList<ServerToken> Tokens,
    IReadOnlyList<string> Gaps,
    string? FirstRootToken,
    bool? RootGeneration,
    string? RootGenerationProblem)
{
    /// <summary>Value of <see cref="FirstRootToken"/>: it is not valid any more.</summary>
    public const string Revoked = "revoked";

    /// <summary>Value of <see cref="FirstRootToken"/>: it is valid.</summary>
    public const string Valid = "valid";
}

/// <summary>A token.</summary>
/// <param name="DisplayName">The name that logs show.</param>
/// <param name="Path">Path that made it.</param>
/// <param name="Type">For example <c>service</c>.</param>
/// <param name="Policies">Its policies, those of its entity included.</param>
/// <param name="CreationTtl">Seconds that it was made for; null when the server does not say it.</param>
/// <param name="Period">Seconds of its period; 0 for none.</param>
/// <param name="Expires">True when it has an end.</param>
/// <param name="Own">True for the auditor's token of this run.</param>
public sealed record ServerToken(
    string DisplayName, string Path, string Type, IReadOnlyList<string> Policies, long? CreationTtl, long Period, bool Expires, bool Own);
