using System.Text;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Secrets behind their name in text: <c>VAULT_TOKEN=…</c> in a script, <c>password: …</c> in YAML, <c>"token": "…"</c> in JSON,
/// <c>AccountKey=…;</c> in a connection string. Each character is checked a fixed number of times.
/// </summary>
internal static class NamedPairs
{
    private const int LongestName = 64;
    private const int LongestValue = 4096;
    private const int MostBlanks = 4;
    private const int LongestSmallValue = 4;

    /// <summary>Replaces the values.</summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text)
    {
        StringBuilder? kept = null;
        var copied = 0;
        for (var at = text.AsSpan().IndexOfAny('=', ':'); at >= 0; at = FindNext(text, Math.Max(at + 1, copied)))
        {
            if (FindName(text, at) is var name && (SecretNames.Weigh(name) != NameWeight.None || SecretNames.Refer(name)) && FindValue(
                text, at) is var (start, seen) && start >= copied && !FileArguments.Is(text, at, start, seen)
                && Trace(name, text[start..seen], text[at] == '='
                    || EndsLine(text, seen), text[at] == '=' && text[start - 1] is ('"' or '\'')) is var trace and not CredentialTrace.None)
            {
                var end = seen - start < LongestValue ? seen : ReadBare(text, start, text.Length).End;
                kept = (kept ?? new StringBuilder()).Append(text, copied, start - copied).Append(Credentials.Mark(trace, string.Empty));
                copied = end;
            }
        }

        return kept?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private static int FindNext(string text, int from) =>
        from < text.Length && text.AsSpan(from).IndexOfAny('=', ':') is >= 0 and var found ? from + found : -1;

    private static CredentialTrace Trace(string name, string value, bool alone, bool quoted) =>
        value is Credentials.Masked or Credentials.Unclear || PublicTexts.Is(value) ? CredentialTrace.None
        : IsSecret(name, value, alone, quoted) ? SecretNames.IsOfPublicHalf(name) || (SecretNames.IsQualified(name) && IsPlain(value))
            ? CredentialTrace.Unclear
            : CredentialTrace.Found
        : alone && value.Length > 0 && SecretNames.Refer(name) && !ReferringNames.Fit(name, value) ? CredentialTrace.Unclear
        : CredentialTrace.None;

    private static bool IsPlain(string value) => SecretValues.IsPlainWord(value) || SecretValues.IsQuantity(value);

    // In prose and scripts a name proves less than in a file of settings: 'token: default', 'key=name' are words.
    private static bool IsSecret(string name, string value, bool alone, bool quoted) => SecretNames.Weigh(name) switch
    {
        _ when value.Length == 0
            || value == Credentials.Masked
            || SecretValues.IsSwitch(value)
            || SecretValues.IsReference(value)
            || SecretValues.IsExpansion(value) =>
            false,
        NameWeight.Certain =>
            !(SecretNames.MayNameAnObject(name) && SecretValues.IsPlainWord(value)) && (alone || !SecretValues.IsPlainWord(value)),
        NameWeight.Strong when quoted =>
            !SecretValues.IsQuantity(value) && !SecretNames.MayNameAnObject(name) && !value.Any(char.IsWhiteSpace),
        NameWeight.Strong => value.Length > LongestSmallValue
            && !SecretValues.IsPlainWord(value)
            && !SecretValues.IsQuantity(value)
            && !value.Contains("://", StringComparison.Ordinal),
        NameWeight.Weak => SecretValues.HasRandomPart(value) && !value.Contains("://", StringComparison.Ordinal),
        _ => false,
    };

    // 'password: abc' is a setting, 'password: see the guide' is prose.
    private static bool EndsLine(string text, int end)
    {
        var at = end;
        while (at < text.Length && at - end < MostBlanks && text[at] is ' ' or '\t' or '\r' or '"' or '\'' or ',')
        {
            at++;
        }

        return at >= text.Length || text[at] is '\n' or '}' or '#';
    }

    private static string FindName(string text, int separator)
    {
        var end = separator;
        while (end > 0 && separator - end < MostBlanks && (text[end - 1] is ' ' or '\t' or '"' or '\'' or '\\' or ':'))
        {
            end--;
        }

        var start = end;
        while (start > 0
            && end - start < LongestName
            && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '.'))
        {
            start--;
        }

        return text[start..end];
    }

    private static (int Start, int End)? FindValue(string text, int separator)
    {
        var start = separator + 1;
        if (start < text.Length
            && (text[start] == '=' || (text[separator] == ':' && (text[start] == ':' || text.AsSpan(start).StartsWith("//")))))
        {
            return null;
        }

        while (start < text.Length && start - separator <= MostBlanks && text[start] is ' ' or '\t' or '>' or '\\')
        {
            start++;
        }

        if (start >= text.Length)
        {
            return null;
        }

        return text[start] is '"' or '\'' ? ReadQuoted(text, start) : ReadBare(text, start, Math.Min(text.Length, start + LongestValue));
    }

    private static (int Start, int End) ReadQuoted(string text, int quote)
    {
        var limit = Math.Min(text.Length, quote + LongestValue);
        for (var at = quote + 1; at < limit; at++)
        {
            if (text[at] == text[quote] && text[at - 1] != '\\')
            {
                return (quote + 1, at);
            }

            if (text[at] == '\n')
            {
                break;
            }
        }

        return ReadBare(text, quote + 1, limit);
    }

    private static (int Start, int End) ReadBare(string text, int start, int limit)
    {
        var end = start;
        while (end < limit
            && !char.IsWhiteSpace(text[end])
            && !text.AsSpan(end).StartsWith("*/")
            && text[end] is not ('"' or '\'' or '`' or ',' or ';' or '&' or '|' or '(' or ')' or '[' or ']' or '}' or '\\' or '<' or '>'))
        {
            end++;
        }

        return (start, end);
    }
}
