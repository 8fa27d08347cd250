using System.Text;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Puts text from a tested system into Markdown so that it is shown as it is and changes nothing around it.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]~$";
    private const string SpecialAtStart = "#+-=:";

    /// <summary>A text to paste as a fenced block, whatever it holds.</summary>
    /// <param name="snippet">The text.</param>
    public static string WriteFence(GuideSnippet snippet)
    {
        var text = Printable.ToLines(snippet.Text).TrimEnd('\n');
        var fence = new string('`', Math.Max(3, MeasureLongestRun(text) + 1));
        return $"{fence}{string.Concat(snippet.Language.Where(char.IsAsciiLetterOrDigit))}\n{text}\n{fence}";
    }

    /// <summary>The text on one line, cut, for a place within HTML, where Markdown does nothing.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">Largest number of characters to keep.</param>
    public static string EscapeHtml(string text, int maximum) => Printable.Cut(Printable.ToOneLine(text).Trim(), maximum)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("@", "&#64;", StringComparison.Ordinal)
        .Replace("](", "] (", StringComparison.Ordinal);

    /// <summary>The text on one line, cut, with everything that Markdown or HTML would act on escaped.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">Largest number of characters to keep.</param>
    public static string EscapeInline(string text, int maximum)
    {
        var plain = Printable.Cut(Printable.ToOneLine(text).Trim(), maximum);
        var result = new StringBuilder(plain.Length + 16);
        foreach (var character in plain)
        {
            _ = character switch
            {
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '&' => result.Append("&amp;"),
                '@' => result.Append("&#64;"),
                '|' => result.Append("&#124;"),
                _ when Special.Contains(character, StringComparison.Ordinal)
                    || (result.Length == 0 && SpecialAtStart.Contains(character, StringComparison.Ordinal)) =>
                        result.Append('\\').Append(character),
                _ => result.Append(character),
            };
        }

        return result.ToString();
    }

    private static int MeasureLongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
