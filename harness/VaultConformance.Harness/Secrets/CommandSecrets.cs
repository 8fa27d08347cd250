using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Secrets that stand as arguments of a command: <c>vault operator unseal KEY</c>, <c>vault login TOKEN</c>, <c>--password VALUE</c>.
/// </summary>
internal static class CommandSecrets
{
    private const int ShortestKey = 6;

    private static readonly string[] Registries = ["docker", "podman", "buildah", "skopeo", "nerdctl", "helm", "oras", "crane", "az"];

    // Flags that say nothing by their name: what takes a password behind them.
    private static readonly (string Flag, string[] Programs)[] PasswordFlags =
    [
        ("-p", ["sshpass", "mongo", "mongosh", "mongodump", "mongorestore"]),
        ("-a", ["redis-cli"]),
        ("-w", ["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldapwhoami", "ldappasswd", "ldapcompare"]),
    ];

    /// <summary>Which words are secrets.</summary>
    /// <param name="words">The words of a command, or of several, in order.</param>
    public static IEnumerable<int> FindIn(IReadOnlyList<string> words)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if ((IsLiteral(words[at]) && (FollowsFlag(words, at) || FollowsCommand(words, at) || FollowsUser(words, at)))
                || IsJoined(words, at)
                || IsUser(words, at)
                || IsPass(words, at))
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
            _ => SecretNames.Refer(flag) && !ReferringNames.Fit(flag, words[at]),
        };

    // curl and its like take USER:PASSWORD behind -u; sshpass takes the password behind -p.
    private static bool FollowsUser(IReadOnlyList<string> words, int at) => words[at - 1] switch
    {
        "-u" or "--user" or "--proxy-user" or "-U" =>
            words[at].IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon + 1 < words[at].Length,
        "-p" when ListPrograms(words, at).Contains("login") && ListPrograms(words, at).Any(program => Registries.Contains(program)) => true,
        var flag => Array.Exists(
            PasswordFlags, item => item.Flag == flag && ListPrograms(words, at).Any(program => item.Programs.Contains(program))),
    };

    // --user=USER:PASSWORD and -uUSER:PASSWORD of curl.
    private static bool IsUser(IReadOnlyList<string> words, int at) =>
        FindJoined(words[at]) is { } user && !user.Contains(
            '$', StringComparison.Ordinal) && !user.Contains(Credentials.Masked, StringComparison.Ordinal)
        && user.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon
            + 1 < user.Length && ListPrograms(words, at).Any(program => program is "curl");

    private static string? FindJoined(string word) => word switch
    {
        _ when word.StartsWith("--user=", StringComparison.Ordinal) || word.StartsWith("--proxy-user=", StringComparison.Ordinal) =>
            word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..],
        ['-', 'u' or 'U', .. var user] => user,
        _ => null,
    };

    // openssl takes a password as pass:WORD.
    private static bool IsPass(IReadOnlyList<string> words, int at) =>
        words[at].StartsWith("pass:", StringComparison.Ordinal)
            && words[at].Length > "pass:".Length
            && words[at]["pass:".Length] is not ('$' or '*' or '<')
            && ListPrograms(words, at).Contains("openssl");

    // The clients of MySQL take the password in one word with -p, sshpass too.
    private static bool IsJoined(IReadOnlyList<string> words, int at) =>
        words[at] is ['-', 'p', not '-', _, ..] && !words[at].Contains(
            '$', StringComparison.Ordinal) && !words[at].Contains(Credentials.Masked, StringComparison.Ordinal)
        && ListPrograms(words, at)
            .Any(program => program.StartsWith("mysql", StringComparison.Ordinal)
                || program.StartsWith("mariadb", StringComparison.Ordinal)
                || program == "sshpass");

    private static IEnumerable<string> ListPrograms(IReadOnlyList<string> words, int at)
    {
        const int Reach = 12;
        return Enumerable.Range(Math.Max(0, at - Reach), Math.Min(at, Reach))
            .Select(place => words[place][(words[place].LastIndexOf('/') + 1)..]);
    }

    // The first word behind the command that is not a flag.
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
            "unseal" or "rekey" or "rotate-keys" =>
                (words[before - 1] == "operator" || ServerProduct.IsClient(words[before - 1])) && !IsWord(words[at]),
            "login" => ServerProduct.IsClient(words[before - 1]) && !SecretValues.IsPlainWord(words[at]),
            _ => false,
        };
    }

    // 'vault operator unseal failed' is a message; no key has small letters only.
    private static bool IsWord(string word) => word.TrimEnd('.', ':', '!').All(char.IsAsciiLetterLower);

    private static bool IsLiteral(string word) =>
        word is { Length: > 2 } and not ['-', ..] and not ['>', ..] and not ['|', ..] and not ['&', ..] and not ['2', '>', ..]
        && !word.Contains(Credentials.Masked, StringComparison.Ordinal)
        && !SecretValues.IsReference(word)
        && !SecretValues.IsExpansion(word)
        && !SecretValues.IsSwitch(word)
        && !word.Contains('$', StringComparison.Ordinal);
}
