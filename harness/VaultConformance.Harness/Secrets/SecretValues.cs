namespace VaultConformance.Harness.Secrets;

/// <summary>What values look like, whatever their name.</summary>
internal static class SecretValues
{
    private const int LongestPathPart = 64;
    private const int LongestHostPart = 20;
    private const int ShortestRandom = 12;
    private const double RandomChanges = 0.4;

    private static readonly string[] ReferenceSchemes = ["env://", "file://", "arn:", "projects/", "ref+", "op://"];
    private static readonly string[] Switches = ["true", "false", "yes", "no", "on", "off", "t", "f", "null", "none", "~"];

    /// <summary>
    /// True when a value says where something is and not what it is: the path of a file, <c>env://</c> and <c>file://</c>, a variable or a
    /// template, an ARN.
    /// </summary>
    /// <param name="text">The value.</param>
    public static bool IsReference(string text) =>
        IsWholeVariable(text)
        || (Array.Exists(ReferenceSchemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            && !text.Any(char.IsWhiteSpace))
        || (text.StartsWith("vault:", StringComparison.Ordinal)
            && text.Contains('/', StringComparison.Ordinal)
            && text.Contains('#', StringComparison.Ordinal))
        || IsPath(text);

    /// <summary>
    /// True when a value in a script or template is put in later: <c>$TOKEN</c>, <c>$(cat file)</c>, <c>{{ … }}</c>, <c>&lt;your
    /// token&gt;</c>.
    /// </summary>
    /// <param name="text">The value, or its beginning.</param>
    public static bool IsExpansion(string text) =>
        text.StartsWith('$')
            || text.StartsWith('`')
            || text.StartsWith('<')
            || text.StartsWith("{{", StringComparison.Ordinal)
            || text.StartsWith("%(", StringComparison.Ordinal);

    /// <summary>True for what switches something: <c>true</c>, <c>no</c>, nothing at all.</summary>
    /// <param name="text">The value.</param>
    public static bool IsSwitch(string text) => text.Length == 0 || Switches.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True for a number, a duration or a size: <c>5</c>, <c>0.5</c>, <c>24h</c>, <c>1h30m</c>, <c>64MiB</c>, <c>0640</c>.
    /// </summary>
    /// <param name="text">The value.</param>
    public static bool IsQuantity(string text) =>
        text is { Length: > 0 and <= 24 } && char.IsAsciiDigit(text.TrimStart('-', '+', '.').FirstOrDefault())
        && text.Split(['.', '-', '+', ','], StringSplitOptions.None).All(IsFigures);

    /// <summary>
    /// True for small words as people name things with: <c>raft</c>, <c>eu-west-1</c>, <c>vault/audit</c>. Digits stand alone.
    /// </summary>
    /// <param name="text">The value.</param>
    public static bool IsPlainWord(string text) =>
        text is { Length: > 0 and <= 80 } && !text.StartsWith(
            "s.", StringComparison.Ordinal) && !text.StartsWith("hvs.", StringComparison.Ordinal)
        && text.Split(['-', '_', '.', '/', ':'], StringSplitOptions.None)
            .All(part => part.All(char.IsAsciiLetterLower) || (part.Length <= 5 && part.All(char.IsAsciiDigit)));

    /// <summary>
    /// True for what people name things with, capital letters and small numbers allowed: <c>AWSCURRENT</c>, <c>db-credentials-2</c>,
    /// <c>X-Vault-Token</c>, a UUID.
    /// </summary>
    /// <param name="text">The value.</param>
    public static bool IsLabel(string text)
    {
        var parts = text.Split(['-', '_', '.', '/', ':', '@', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return text.Length <= 253 && parts.Length > 0
            && (Guid.TryParseExact(text, "D", out _)
                || Array.TrueForAll(parts, part => part.All(char.IsAsciiLetter)
                    || (part.Length <= 5 && part.All(char.IsAsciiDigit))
                    || (parts.Length > 1 && IsCounted(part))));
    }

    /// <summary>True for the digest of something in the length of a known algorithm, or the algorithm's name.</summary>
    /// <param name="text">The value.</param>
    public static bool IsDigest(string text)
    {
        var digits = text[(text.LastIndexOf(':') + 1)..];
        return (text.StartsWith("sha", StringComparison.OrdinalIgnoreCase) && text.Length <= 8)
            || (digits.Length is 32 or 40 or 56 or 64 or 96 or 128
                && digits.All(char.IsAsciiHexDigit)
                && (digits.Length == text.Length || text.StartsWith("sha", StringComparison.OrdinalIgnoreCase)))
            || (text.Length is 59 or 95 && text.Split(':').All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit)));
    }

    /// <summary>True for words of a sentence: three or more on one line, of letters only or of digits only, most of them small.</summary>
    /// <param name="text">The value.</param>
    public static bool IsProse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 2
            && words.Count(word => word.Length > 1 && word.All(char.IsAsciiLetterLower)) > 1
            && Array.TrueForAll(words, word => word.Trim('.', ',', ';', ':', '!', '?', '(', ')', '\'', '"') is var bare
                && bare.Split('-', '/', '\'')
                    .All(part => part.All(char.IsAsciiLetter) || (part.Length <= 4 && part.All(char.IsAsciiDigit))));
    }

    /// <summary>True for a host with a port, several of them, or a plain URL without user, query and random parts.</summary>
    /// <param name="text">The value.</param>
    public static bool IsPlainAddress(string text)
    {
        var rest = text.IndexOf("://", StringComparison.Ordinal) is > 0 and <= 16 and var scheme ? text[(scheme + 3)..] : text;
        return rest.Length is > 0 and <= 400 && rest.Split(',').All(IsHost) && !HasRandomPart(rest);
    }

    /// <summary>
    /// True when a part of the value looks made by a generator or for a password: at least twelve letters and digits in which small
    /// letters, capitals and digits change often.
    /// </summary>
    /// <param name="text">The value.</param>
    public static bool HasRandomPart(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || !char.IsAsciiLetterOrDigit(text[at]))
            {
                if (IsRandom(text.AsSpan(start, at - start)))
                {
                    return true;
                }

                start = at + 1;
            }
        }

        return false;
    }

    // A word and a small number: vault2, v1.
    private static bool IsCounted(string part) =>
        part.TrimEnd("0123456789".ToCharArray()) is { Length: > 0 } word && part.Length - word.Length <= 3 && word.All(char.IsAsciiLetter)
            && (word.All(char.IsAsciiLetterLower) || word.All(char.IsAsciiLetterUpper));

    private static bool IsWholeVariable(string text) =>
        (text.StartsWith("$(", StringComparison.Ordinal) && text.IndexOf(')', StringComparison.Ordinal) == text.Length - 1)
        || (text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1)
        || (text.StartsWith("{{", StringComparison.Ordinal) && text.IndexOf("}}", StringComparison.Ordinal) == text.Length - 2);

    // Host, port and path: vault-0.vault-internal:8200/v1, [::]:8201, $(POD_IP):8200.
    private static bool IsHost(string item)
    {
        var host = item.Trim().Split('/')[0];
        var port = host.LastIndexOf(':');
        return item.All(character => char.IsAsciiLetterOrDigit(character) || "._-:[]/%$() ".Contains(character, StringComparison.Ordinal))
            && (port > 0
                ? host[(port + 1)..] is { Length: > 0 and <= 5 } digits && digits.All(char.IsAsciiDigit)
                : host.Contains('.', StringComparison.Ordinal))
            && !item.Split('/', ':', '.').Any(part => part.Length > LongestHostPart && part.Any(char.IsAsciiDigit));
    }

    // Absolute, of ordinary parts; a secret in Base64 that begins with a slash has a long or a random one.
    private static bool IsPath(string text) =>
        text.Length is > 0 and <= 1024
            && (text.StartsWith('/') || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("~/", StringComparison.Ordinal))
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "/._-~$(){}".Contains(character, StringComparison.Ordinal))
        && !text.Split('/').Any(part => part.Length > LongestPathPart) && !HasRandomPart(text);

    private static bool IsFigures(string part)
    {
        var letters = 0;
        foreach (var character in part)
        {
            letters = char.IsAsciiDigit(character) ? 0 : letters + 1;
            if (!char.IsAsciiLetterOrDigit(character) || letters > 3)
            {
                return false;
            }
        }

        return part.Length <= 16;
    }

    private static bool IsRandom(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestRandom
            || !word.ContainsAnyInRange('0', '9')
            || !word.ContainsAnyInRange('A', 'Z')
            || !word.ContainsAnyInRange('a', 'z'))
        {
            return false;
        }

        var changes = 0;
        for (var at = 1; at < word.Length; at++)
        {
            changes += ClassifyCharacter(word[at]) != ClassifyCharacter(word[at - 1]) ? 1 : 0;
        }

        return changes >= (word.Length - 1) * RandomChanges;
    }

    private static int ClassifyCharacter(char character) => char.IsAsciiDigit(character) ? 0 : char.IsAsciiLetterUpper(character) ? 1 : 2;
}
