using System.Text;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Takes secrets out of free text: scripts, arguments, logs, annotations, parts of a configuration. The time it takes grows with the length
/// of the text only.
/// </summary>
internal static class SecretScanner
{
    /// <summary>Longest text that is checked; more is no configuration, no script and no line of a log.</summary>
    public const int LongestText = 4 * 1024 * 1024;

    private const string CommentEnd = "*/";

    /// <summary>The text without secrets; a text that is too long is withheld as a whole, and says so.</summary>
    /// <param name="text">Any text.</param>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > LongestText
            ? $"# {Credentials.Masked} withheld: {text.Length} characters, more than the {LongestText} that are checked\n"
            : NamedPairs.Replace(RedactCommands(SecretShapes.Replace(UrlUsers.Replace(text))));
    }

    /// <summary>
    /// The text without what has the shape of a key or a token, and without users of addresses. Names prove nothing here: for sentences
    /// that speak of settings, as those of a report do.
    /// </summary>
    /// <param name="text">A sentence.</param>
    public static string MaskShapes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > LongestText ? Mask(text) : SecretShapes.Replace(UrlUsers.Replace(text));
    }

    /// <summary>The arguments of a command without secrets; the shape of the list stays.</summary>
    /// <param name="arguments">The arguments.</param>
    public static IReadOnlyList<string> Mask(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var masked = arguments.Select(Mask).ToList();
        foreach (var at in CommandSecrets.FindIn(masked))
        {
            masked[at] = Credentials.Masked;
        }

        return UnsealShares.SpeakOfUnsealing(string.Join(' ', masked))
            ? [.. masked.Select((word, at) => UnsealShares.RedactArgument(at > 0 ? masked[at - 1] : string.Empty, word))]
            : masked;
    }

    // Words that belong to a command are found in text as well as in a list.
    private static string RedactCommands(string text)
    {
        var (words, places) = SplitWords(text);
        var kept = new StringBuilder();
        var copied = 0;
        foreach (var at in CommandSecrets.FindIn(words))
        {
            kept.Append(text, copied, places[at].Start - copied).Append(Credentials.Masked);
            copied = places[at].End;
        }

        return copied == 0 ? text : kept.Append(text, copied, text.Length - copied).ToString();
    }

    private static (List<string> Words, List<(int Start, int End)> Places) SplitWords(string text)
    {
        var words = new List<string>();
        var places = new List<(int Start, int End)>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var inside = at < text.Length
                && !char.IsWhiteSpace(text[at])
                && text[at] is not ('"' or '\'' or ';' or ',' or '(' or ')' or '[' or ']' or '`');
            if (!inside && start >= 0)
            {
                // The end of a comment is no part of a secret.
                var end =
                    at - start >= CommentEnd.Length && text.AsSpan(start, at - start).EndsWith(CommentEnd) ? at - CommentEnd.Length : at;
                words.Add(text[start..end]);
                places.Add((start, end));
            }

            start = inside ? (start < 0 ? at : start) : -1;
        }

        return (words, places);
    }
}
