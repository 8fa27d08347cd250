using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Unseal keys, recovery keys and root tokens in the data of a Secret or a ConfigMap, in any notation: the output of <c>vault operator
/// init</c>, a list in JSON or YAML, words with commas or blanks between them, <c>key1=…</c>, one share to a key.
/// </summary>
internal static partial class KeyShares
{
    private const int ShareLength = 33;
    private const int KeyLength = 32;
    private const int Several = 2;
    private const int LongestWord = 128;
    private static readonly string[] Passwords =
        ["password", "passwd", "passphrase", "pwd", "cookie", "session", "salt", "hmac", "erlang", "encryption", "csrf", "jwt", "htpasswd"];
    private static readonly char[] Separators =
        [' ', '\t', '\r', '\n', ',', ';', '[', ']', '{', '}', '"', '\'', ':', '|', '(', ')', '<', '>', '&', '`', '\\'];

    /// <summary>True when the entries hold such material.</summary>
    /// <param name="owner">Name of the object.</param>
    /// <param name="entries">Names and texts.</param>
    public static bool AreIn(string owner, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var shares = 0;
        foreach (var (name, text) in entries.Where(entry => entry.Value.Length <= SecretScanner.LongestText))
        {
            var lengths = ListBinaryLengths(text).ToList();
            var found = lengths.Count(length => length == ShareLength);
            if ((UnsealShares.AreInHex(text) && !IsPassword(name) && !SecretNames.IsOfPublicHalf(name))
                || SecretShapes.HoldInitOutput(text)
                || SecretShapes.HoldVaultToken(text)
                || found >= Several
                || (Tells(owner, name) && lengths.Exists(length => length is ShareLength or KeyLength)))
            {
                return true;
            }

            shares += found > 0 && !IsPassword(name) ? 1 : 0;
        }

        return shares >= Several;
    }

    /// <summary>True when the name of an entry is that of the material itself; a script about it is none.</summary>
    /// <param name="name">Name of the entry.</param>
    public static bool IsNameOfMaterial(string name) => MaterialName.IsMatch(name);

    private static bool Tells(string owner, string name) => !IsPassword(name) && (TellingWord.IsMatch(name) || TellingWord.IsMatch(owner));

    private static bool IsPassword(string name) => Array.Exists(Passwords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<int> ListBinaryLengths(string text) => PublicKeys.Replace(PrivateKeys.Replace(text), " ")
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word[(FindAssigned(word) + 1)..])
        .Where(word => word.Length is > 0 and <= LongestWord)
        .Select(GetBinaryLength);

    // key1=abc=: the first equals sign ends the name, the others pad the value.
    private static int FindAssigned(string word) => word.TrimEnd('=').LastIndexOf('=');

    private static int GetBinaryLength(string word)
    {
        if (word.All(char.IsAsciiHexDigit) && word.Length is ShareLength * 2 or KeyLength * 2)
        {
            return word.Length / 2;
        }

        var standard = word.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var padded = standard.PadRight(standard.Length + ((4 - (standard.Length % 4)) % 4), '=');
        return Convert.TryFromBase64String(padded, new byte[LongestWord], out var written) ? written : 0;
    }

    [GeneratedRegex(
        @"^(?:(" + ServerProduct.Words + @")[-_.]?root\z|((" + ServerProduct.Words + @")[-_.]?)?((unseal|recovery|seal)[-_.]?(keys?"
            + @"|shares?)|(unseal|recovery)|(initial[-_.]?)?root[-_.]?token|init[-_.]?(keys?|output)"
            + @"|cluster[-_.]?keys)[-_.]?\d{0,3}(\.(json|txt|ya?ml|b64|key|hex))?\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MaterialName { get; }

    [GeneratedRegex(
        @"unseal|recovery|root[-_.]?token|share|(" + ServerProduct.Words + @")[-_.]?keys?|init|key[-_.]?\d|threshold",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TellingWord { get; }

    // Certificates and public keys are Base64 in lines that may be of any length.
    [GeneratedRegex(
        "-----BEGIN [A-Z0-9 ]{1,40}-----[A-Za-z0-9+/=\\s]*-----END [A-Z0-9 ]{1,40}-----",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PublicKeys { get; }
}
