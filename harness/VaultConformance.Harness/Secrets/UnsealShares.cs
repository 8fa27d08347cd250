using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Shares of an unseal key or a recovery key in text. A share of Vault has 33 bytes and is told by its length; a key that was never split
/// has 32, as many as a digest, and is told by what stands around it only.
/// </summary>
internal static partial class UnsealShares
{
    private const int LongestContext = 96;
    private static readonly string[] PublicNames =
        ["ID", "VERSION", "IMAGE", "DIGEST", "CHECKSUM", "FINGERPRINT", "THUMBPRINT", "HASH", "SHA"];

    /// <summary>Replaces them; what names them stays.</summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text)
    {
        var unseals = SpeakOfUnsealing(text);
        text = HexShare.Replace(text, match => IsHexShare(match.ValueSpan) ? Credentials.Masked : match.Value);
        text =
            AssignedKey.Replace(text, match => IsKey(match, unseals) ? $"{match.Groups["keep"].Value}{Credentials.Masked}" : match.Value);
        var used = new Lazy<HashSet<string>>(() => [.. Variables.Matches(text).Select(match => match.Groups["name"].Value)]);
        return unseals ? HexKey.Replace(text, match => Mark(text, match, used)) : text;
    }

    /// <summary>The argument of a command that unseals: one that may be a key that was never split is unclear.</summary>
    /// <param name="before">The argument before it, which may say that it is a digest.</param>
    /// <param name="word">The argument.</param>
    public static string RedactArgument(string before, string word) =>
        HexKey.Match(word) is { Success: true } match
            && match.Length == word.Length
            && IsHexShare(word)
            && !DigestBefore.IsMatch($"{before} ") ? Credentials.Unclear : word;

    /// <summary>True when a share in hexadecimal is in the text.</summary>
    /// <param name="text">Any text.</param>
    public static bool AreInHex(string text) => HexShare.Matches(text).Any(match => IsHexShare(match.ValueSpan));

    /// <summary>True when the text is one share and nothing else, in hexadecimal or in Base64.</summary>
    /// <param name="text">The value of a variable.</param>
    public static bool IsOne(string text) => text.Trim() is var bare
        && (WholeHex.IsMatch(bare)
            ? IsHexShare(bare)
            : WholeBase64.IsMatch(bare) && SecretShapes.LooksRandom(bare) && !SecretValues.IsReference(bare));

    /// <summary>True when the text is about giving Vault its keys.</summary>
    /// <param name="text">Any text.</param>
    public static bool SpeakOfUnsealing(string text) => Unsealing.IsMatch(text);

    /// <summary>True when a command gives the value of a variable to Vault: <c>vault operator unseal "$K"</c>.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="text">The script.</param>
    public static bool Use(string name, string text) => Variables.Matches(text).Any(match => match.Groups["name"].Value == name);

    // All digits, or no digit: a number or a word.
    private static bool IsHexShare(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('0', '9') && (text.ContainsAnyInRange('a', 'f') || text.ContainsAnyInRange('A', 'F'));

    private static bool IsKey(Match match, bool unseals) =>
        match.Groups["key"].ValueSpan is var key && SecretShapes.LooksRandom(key) && !SecretValues.IsReference(key.ToString())
            && (unseals
                || (key[^1] != '='
                    && !Array.Exists(
                        PublicNames, ending => match.Groups["name"].Value
                            .TrimEnd("0123456789".ToCharArray())
                            .EndsWith(ending, StringComparison.OrdinalIgnoreCase))));

    // A script that unseals may check a download too.
    private static string Mark(string text, Match match, Lazy<HashSet<string>> used)
    {
        var before = text[Math.Max(0, match.Index - LongestContext)..match.Index];
        return DigestBefore.IsMatch(before)
            || DigestAfter.IsMatch(text, match.Index + match.Length)
            || !IsHexShare(match.ValueSpan) ? match.Value
            : KeyBefore.IsMatch(before) || (NameBefore.Match(before) is { Success: true } named
                && used.Value.Contains(named.Groups["name"].Value)) ? Credentials.Masked
            : Credentials.Unclear;
    }

    [GeneratedRegex(@"((?<![A-Za-z0-9])|(?<=\\[nrt]))[0-9A-Fa-f]{66}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex HexShare { get; }

    [GeneratedRegex(@"((?<![A-Za-z0-9])|(?<=\\[nrt]))[0-9A-Fa-f]{64}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex HexKey { get; }

    [GeneratedRegex(@"(?<keep>(?<![A-Za-z0-9_.?&/%:@+=\-])-{0,2}(?<name>[A-Za-z_][A-Za-z0-9_\-]{0,63})=)"
        + @"(?<key>[A-Za-z0-9+/]{43}[A-Za-z0-9+/=])(?![A-Za-z0-9+/=_\-.])", RegexOptions.CultureInvariant)]
    private static partial Regex AssignedKey { get; }

    [GeneratedRegex(@"\A[0-9A-Fa-f]{66}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeHex { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9+/]{44}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeBase64 { get; }

    [GeneratedRegex(
        @"(?<!auto[\-_ ]?)unseal(?![A-Za-z])|operator (rekey|generate-root|rotate-keys)|sys/(rekey|generate-root)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unsealing { get; }

    [GeneratedRegex(
        @"(sha-?\d{1,3}|digest|checksum|fingerprint|hash)[\w\-]{0,16}[\s""'\\]{0,4}[:=\-\s][\s""'\\]{0,4}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DigestBefore { get; }

    [GeneratedRegex(@"\G[\s*""']{1,3}[^\s|;""']{1,128}[""']?\s{0,4}\|\s{0,4}sha(\d{1,3})?sum", RegexOptions.CultureInvariant)]
    private static partial Regex DigestAfter { get; }

    [GeneratedRegex(
        @"(\b(key|share)[\s""'\\]{0,4}[:=][\s""'\\]{0,4}|unseal(\s{1,8}-{1,2}[\w\-=:/.]{1,64}){0,2}[\s""']{1,4})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyBefore { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9_])(?<name>[A-Za-z_][A-Za-z0-9_]{0,63})=[""'\\]{0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameBefore { get; }

    [GeneratedRegex(@"(?<=unseal[^\n;|&]{0,200})\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]{0,63})|\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]{0,63})"
        + @"(?=[^\n;&]{0,80}\|[^\n;&|]{0,80}unseal)", RegexOptions.CultureInvariant)]
    private static partial Regex Variables { get; }
}
