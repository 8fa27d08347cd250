using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Finds unseal keys, recovery keys and tokens in logs: by shape, and those of this run by their digests. It tells the kinds and never the
/// text. Words about keys without a key are in every log and prove nothing. Every pattern is bounded, so that time grows with the length of
/// the text only.
/// </summary>
internal static partial class LoggedKeys
{
    /// <summary>The kinds that are in a text, each once.</summary>
    /// <param name="text">A log.</param>
    /// <param name="keys">The keys of this run.</param>
    public static IReadOnlyList<string> FindIn(string text, RunKeys keys) =>
        [.. ListShapes(text).Concat(keys.FindIn(text)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> ListShapes(string text)
    {
        foreach (var printed in PrintedKey.Matches(text).Select(match => match.Groups["kind"].Value.ToLowerInvariant()).Distinct())
        {
            yield return $"{printed} key in the output of 'vault operator init'";
        }

        foreach (var listed in KeyList.Matches(text).Select(match => match.Groups["kind"].Length > 0).Distinct())
        {
            yield return $"{(listed ? "recovery" : "unseal")} keys in a list";
        }

        if (PrintedRootToken.IsMatch(text) || NamedRootToken.IsMatch(text))
        {
            yield return "root token in the output of 'vault operator init' or of a server in development mode";
        }

        if (UnsealShares.AreInHex(text))
        {
            yield return "share of an unseal key in hexadecimal";
        }

        if (Tokens.Matches(text).Any(match => HasBothCases(match.ValueSpan)))
        {
            yield return "Vault token";
        }
    }

    // Made-up words ('hvs.xxxxxxxx') have one case only.
    private static bool HasBothCases(ReadOnlySpan<char> token) =>
        token[4..].ContainsAnyInRange('A', 'Z') && token[4..].ContainsAnyInRange('a', 'z');

    [GeneratedRegex(
        @"\b(?<kind>Unseal|Recovery) Key( \d{1,3})?:[ \t]{0,8}(\e\[[0-9;]{0,8}m)?[A-Za-z0-9+/]{16}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PrintedKey { get; }

    [GeneratedRegex(
        @"\bRoot Token:[ \t]{0,8}(\e\[[0-9;]{0,8}m)?[A-Za-z0-9._\-]{3,200}(\e\[[0-9;]{0,8}m)?[ \t\r]{0,8}$",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PrintedRootToken { get; }

    [GeneratedRegex(@"(unseal_keys_(b64|hex)|(?<kind>recovery_keys_(b64|hex|base64))"
        + @"|\bkeys_base64)[\\""']{0,3}\s{0,8}[:=]\s{0,8}[\[\-]\s{0,80}[\\""']{0,3}[A-Za-z0-9+/]{16}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyList { get; }

    [GeneratedRegex(@"root_token[\\""']{1,3}\s{0,8}:\s{0,8}[\\""']{1,3}[A-Za-z0-9._\-]{12,200}[\\""']", RegexOptions.CultureInvariant)]
    private static partial Regex NamedRootToken { get; }

    [GeneratedRegex(
        @"\bhv[sbr]\.[A-Za-z0-9_\-]{20,512}|(?<![A-Za-z0-9_.\-/])[sbr]\.[A-Za-z0-9]{24}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens { get; }
}
