using System.Text;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// User and password in URLs: <c>postgres://vault:secret@db/vault</c>. Each character is checked a fixed number of times.
/// </summary>
internal static partial class UrlUsers
{
    private const int LongestUser = 2048;

    /// <summary>Replaces user and password of every URL that has a password.</summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text)
    {
        StringBuilder? kept = null;
        var copied = 0;
        for (var at = text.IndexOf("://", StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf("://", Math.Max(at + 3, copied), StringComparison.Ordinal))
        {
            if (at > 0 && at + 3 >= copied && char.IsAsciiLetterOrDigit(text[at - 1]) && FindPasswordEnd(text, at + 3) is { } end)
            {
                kept = (kept ?? new StringBuilder()).Append(text, copied, at + 3 - copied).Append(Credentials.Masked);
                copied = end;
            }
        }

        return kept?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    /// <summary>True when an address has a user and a password before its host and no scheme: <c>vault:secret@statsd:8125</c>.</summary>
    /// <param name="address">A whole value.</param>
    public static bool HasUser(string address) => address.Split(',', StringSplitOptions.TrimEntries).Any(item => Address.IsMatch(item));

    // An image with a tag and a digest and an address of mail look alike; $(USER):$(PASSWORD)@ names variables.
    [GeneratedRegex(
        @"\A(?!mailto:|acct:|sips?:)[^\s/@:""'<>{}]{1,128}:(?!//|[$<%*]|\{\{)[^\s@""']{1,1024}@(?!sha(256|384|512):)[^\s@""']{1,512}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address { get; }

    // A password may hold everything but blanks and quotes when it was not escaped, so the last at-sign before one counts. Another URL ends
    // the search.
    private static int? FindPasswordEnd(string text, int start)
    {
        int? sign = null;
        var colon = false;
        for (var at = start; at < Math.Min(text.Length, start + LongestUser)
            && !char.IsWhiteSpace(text[at])
            && text[at] is not ('"' or '\'' or '`'); at++)
        {
            if (text.AsSpan(at).StartsWith("://"))
            {
                break;
            }

            if (!colon && text[at] is '/' or '?' or '#')
            {
                return null;
            }

            colon |= text[at] == ':';
            sign = text[at] == '@' && colon ? at : sign;
        }

        return sign is { } end && !IsTemplate(text, start, end) ? end : null;
    }

    // $(USER):$(PASSWORD)@ names variables and no password.
    private static bool IsTemplate(string text, int start, int end) => text.AsSpan(start, end - start) is var user
        && user[(user.IndexOf(':') + 1)..] is var password
        && (password.StartsWith("$")
            || password.StartsWith("{{")
            || password.StartsWith("<")
            || password.SequenceEqual(Credentials.Masked)
            || password.IsEmpty);
}
