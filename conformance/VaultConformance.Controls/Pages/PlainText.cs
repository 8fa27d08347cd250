using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Pages;

/// <summary>Turns Markdown of a page into text that any report can show.</summary>
internal static partial class PlainText
{
    /// <summary>The first paragraph in one line, without emphasis and links; empty where the text begins with a fenced block.</summary>
    /// <param name="markdown">The text; null counts as empty.</param>
    public static string GetFirstParagraph(string? markdown)
    {
        var text = (markdown ?? string.Empty).TrimStart(' ').Split(["\n\n", "\n```"], StringSplitOptions.None)[0];
        return text.TrimStart().StartsWith("```", StringComparison.Ordinal) || text.StartsWith('\n') ? string.Empty : Flatten(text);
    }

    /// <summary>The links in a text, each title without emphasis.</summary>
    /// <param name="markdown">The text.</param>
    public static IReadOnlyList<SourceLink> ListLinks(string? markdown) =>
    [
        .. Link.Matches(markdown ?? string.Empty)
            .Select(match => new SourceLink(Flatten(match.Groups[1].Value), match.Groups[2].Value))
            .DistinctBy(link => link.Address),
    ];

    /// <summary>The first sentence of a paragraph, without its full stop.</summary>
    /// <param name="paragraph">The paragraph.</param>
    public static string GetFirstSentence(string paragraph) => SentenceEnd.Split(paragraph, 2)[0].TrimEnd('.');

    /// <summary>The text with a capital letter at its beginning.</summary>
    /// <param name="text">The text.</param>
    public static string ToSentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    // Code comes first: what looks like emphasis within it is none.
    private static string Flatten(string text) =>
        Link.Replace(
            Marked.Replace(text, match => match.Groups["code"].Success ? match.Groups["code"].Value : match.Groups["text"].Value), "$1")
            .Replace('\n', ' ').Trim();

    [GeneratedRegex(@"`(?<code>[^`]+)`|(?<mark>\*\*|\*)(?=\S)(?<text>[^*`]+?)(?<=\S)\k<mark>", RegexOptions.CultureInvariant)]
    private static partial Regex Marked { get; }

    [GeneratedRegex(@"(?<=[a-z0-9)])\.\s+(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd { get; }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link { get; }
}
