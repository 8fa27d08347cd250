using System.Text.RegularExpressions;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Runs.Records;

/// <summary>
/// Takes secrets out of the comments of a values file, those of configurations in it included. A comment has no structure that could say
/// what is secret in it: copies of what was masked elsewhere go, whatever is named like a secret, private keys from their first line to
/// their last, and every long word that looks random.
/// </summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed partial class CommentMask(SecretRedactor redactor)
{
    private const int ShortestCopy = 5;
    private bool _inKey;

    /// <summary>The text with clean comments.</summary>
    /// <param name="text">A values file whose values are masked already.</param>
    /// <param name="original">The same file before they were.</param>
    public string Apply(string text, string original)
    {
        var copies = ListMasked(text, original);
        return string.Join('\n', text.Split('\n').Select(line => CleanLine(line, copies)));
    }

    private string CleanLine(string line, IReadOnlyList<string> copies)
    {
        var start = Comment.Match(line);
        if (!start.Success)
        {
            _inKey = false;
            return line;
        }

        var at = start.Groups["comment"].Index;
        return line[..at] + Clean(line[at..], start.Groups["sign"].Value, copies);
    }

    private string Clean(string comment, string sign, IReadOnlyList<string> copies)
    {
        var inside = _inKey || comment.Contains("-----BEGIN", StringComparison.Ordinal);
        _inKey = inside && !comment.Contains("-----END", StringComparison.Ordinal);
        if (inside)
        {
            return $"{sign} {SecretRedactor.Redacted}";
        }

        var clean = redactor.Redact(comment);
        clean = copies.Aggregate(clean, (text, copy) => text.Replace(copy, SecretRedactor.Redacted, StringComparison.Ordinal));
        clean = Random.Replace(clean, SecretRedactor.Redacted);
        return Rest.Replace(clean, SecretRedactor.Redacted);
    }

    // Words that the values had and do not have any more; they are what was secret.
    private static List<string> ListMasked(string text, string original)
    {
        var kept = ListWords(WithoutComments(text)).ToHashSet(StringComparer.Ordinal);
        return [.. ListWords(WithoutComments(original))
            .Where(word => word.Length >= ShortestCopy && !kept.Contains(word))
            .Distinct().OrderByDescending(word => word.Length)];
    }

    private static IEnumerable<string> ListWords(string text) => Word.Matches(text).Select(match => match.Value);

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Select(line =>
        Comment.Match(line) is { Success: true } start ? line[..start.Groups["comment"].Index] : line));

    [GeneratedRegex(@"(?:^|[\s,\[{""'])(?<comment>(?<sign>\#|//).*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"[^\s""'=,;()\[\]{}<>]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }

    // Upper and lower case and digits in one long word without a dot: no path, no name, no version.
    [GeneratedRegex(
        @"(?<![\w.+/=-])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[0-9])[\w+/=-]{20,}(?![\w.+/=-])", RegexOptions.CultureInvariant)]
    private static partial Regex Random { get; }

    // What is left of a word after a part of it was masked says something about the rest.
    [GeneratedRegex(@"\*{3}[^\s""'`,;)\]}]+|(?<![\s""'`(\[{=:,*])[^\s""'`(\[{=:,*]+(?=\*{3})", RegexOptions.CultureInvariant)]
    private static partial Regex Rest { get; }
}
