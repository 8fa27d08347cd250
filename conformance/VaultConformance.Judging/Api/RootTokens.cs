using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether anybody holds a token that may do everything.</summary>
internal static class RootTokens
{
    private const string RootPolicy = "root";
    private const string RootFact = "tokens with the policy root";

    /// <summary>Judges the tokens.</summary>
    /// <param name="tokens">What the server knows.</param>
    public static IEnumerable<Judgement> Judge(TokenFacts tokens)
    {
        yield return Judgement.None(RootFact, tokens.Tokens.Where(token => token.Policies.Contains(RootPolicy)).Select(Describe))
            .Saying(found => $"Root tokens are valid: {found}. Revoke them.");
        foreach (var gap in tokens.Gaps)
        {
            yield return Judgement.Unknown(RootFact, "none", gap);
        }

        // The auditor's token is one of those that a complete list shows.
        if (!tokens.Tokens.Any(token => token.Own))
        {
            yield return Judgement.Unknown("list of all tokens", "complete", "the token that asked is not among them");
        }

        yield return tokens.FirstRootToken is { } state
            ? Judgement.Of("root token of the initialisation", state == TokenFacts.Revoked, TokenFacts.Revoked, state)
                .Saying("The root token that the server was initialised with is still valid.")
            : Judgement.Irrelevant(
                "root token of the initialisation", "this run does not have it; a valid one would be in the list of all tokens");
        yield return tokens.RootGeneration is { } generating
            ? Judgement.Of("making of a new root token", !generating, "not in progress", generating ? "in progress" : "not in progress")
                .Saying("Somebody is making a new root token from key shares. End it with 'vault operator generate-root -cancel'.")
            : Judgement.Unknown("making of a new root token", "not in progress", tokens.RootGenerationProblem ?? "it was not recorded");
    }

    private static string Describe(ServerToken token) => $"{token.DisplayName} (made by {token.Path})";
}
