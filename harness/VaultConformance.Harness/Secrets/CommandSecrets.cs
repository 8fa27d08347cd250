namespace VaultConformance.Harness.Secrets;

/// <summary>Secrets that stand as arguments of a command: <c>vault operator unseal KEY</c>, <c>vault login TOKEN</c>, <c>--password VALUE</c>.</summary>
internal static class CommandSecrets
{
    private const int ShortestKey = 6;

    /// <summary>Which words are secrets.</summary>
    /// <param name="words">The words of a command, or of several, in order.</param>
    public static IEnumerable<int> Of(IReadOnlyList<string> words)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if (IsLiteral(words[at]) && (FollowsFlag(words, at) || FollowsCommand(words, at)))
            {
                yield return at;
            }
        }
    }

    // A flag that takes its value from the next word. 'true' and paths are no secrets.
    private static bool FollowsFlag(IReadOnlyList<string> words, int at) =>
        words[at - 1] is ['-', ..] flag && !flag.Contains('=', StringComparison.Ordinal) && SecretNames.Weigh(flag) switch
        {
            NameWeight.Certain => true,
            NameWeight.Strong => !SecretValues.IsPlainWord(words[at]) && !SecretValues.IsQuantity(words[at]),
            _ => false,
        };

    // The first word behind the command that is no flag.
    private static bool FollowsCommand(IReadOnlyList<string> words, int at)
    {
        if (words[at].Length < ShortestKey || (words[at].Contains('=', StringComparison.Ordinal) && !words[at].EndsWith('=')))
        {
            return false;
        }

        var before = at - 1;
        while (before > 0 && before > at - 8 && words[before] is ['-', ..])
        {
            before--;
        }

        return before > 0 && words[before] switch
        {
            "unseal" or "rekey" or "rotate-keys" => words[before - 1] == "operator" || Calls(words[before - 1]),
            "login" => Calls(words[before - 1]) && !SecretValues.IsPlainWord(words[at]),
            _ => false,
        };
    }

    private static bool Calls(string word) => word is "vault" or "bao" || word.EndsWith("/vault", StringComparison.Ordinal) || word.EndsWith("/bao", StringComparison.Ordinal);

    private static bool IsLiteral(string word) =>
        word is { Length: > 2 } and not ['-', ..] and not ['>', ..] and not ['|', ..] and not ['&', ..] and not ['2', '>', ..]
        && word != Credentials.Masked && !SecretValues.IsReference(word) && !SecretValues.IsExpansion(word) && !SecretValues.IsSwitch(word) && !word.Contains('$', StringComparison.Ordinal);
}
