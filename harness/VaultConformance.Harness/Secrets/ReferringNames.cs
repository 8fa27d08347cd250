namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Names that speak of a secret and are not its name: <c>TOKEN_FILE</c>, <c>MAX_PASSWORD_AGE</c>, <c>DB_PASSWORD_KEY</c>. A value that fits
/// such a name is no secret; of another value nobody can tell.
/// </summary>
internal static class ReferringNames
{
    private const int LongestPlace = 1024;
    private static readonly HashSet<string> Files = ["FILE", "FILES"];
    private static readonly HashSet<string> Digests = ["SHA", "DIGEST", "CHECKSUM", "FINGERPRINT", "THUMBPRINT"];
    private static readonly HashSet<string> Notes =
        ["NOTE", "NOTES", "COMMENT", "COMMENTS", "DESCRIPTION", "HINT", "HELP", "TITLE", "MESSAGE"];

    /// <summary>True when the value is what the name promises.</summary>
    /// <param name="name">A name that refers to a secret.</param>
    /// <param name="value">Its value.</param>
    public static bool Fit(string name, string value)
    {
        var last = SecretNames.GetLastWord(name);
        return SecretValues.IsSwitch(value) || SecretValues.IsReference(value) || SecretValues.IsExpansion(value) || PublicTexts.Is(value)
            || SealKeys.IsName(name, value)
            || (last == SecretNames.KeyWord ? IsNamedEntry(name, value)
            : Digests.Contains(last) ? SecretValues.IsDigest(value)
            : Notes.Contains(last) ? SecretValues.IsProse(value) || SecretValues.IsLabel(value)
            : Files.Contains(last) ? IsFile(value)
            : SecretValues.IsQuantity(value)
                || SecretValues.IsPlainWord(value)
                || SecretValues.IsPlainAddress(value)
                || SecretValues.IsLabel(value)
                || IsPlace(value));
    }

    // The key of an entry is called after what lies there: 'password', 'db-password', 'tls.key'.
    private static bool IsNamedEntry(string name, string value) => SecretValues.IsPlainWord(value)
        && (SecretNames.Weigh(value) != NameWeight.None
            || KeepLetters(name).Contains(KeepLetters(value), StringComparison.OrdinalIgnoreCase));

    private static string KeepLetters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    private static bool IsFile(string value) =>
        value.AsSpan().IndexOfAny('/', '.') >= 0 && (SecretValues.IsLabel(value) || SecretValues.IsPlainWord(value) || IsPlace(value));

    // A URL, or the path of something in a store.
    private static bool IsPlace(string value) =>
        value.Length <= LongestPlace
            && value.Contains('/', StringComparison.Ordinal)
            && !value.Any(char.IsWhiteSpace)
            && !SecretValues.HasRandomPart(value)
        && !UrlUsers.HasUser(value) && UrlUsers.Replace(value) == value;
}
