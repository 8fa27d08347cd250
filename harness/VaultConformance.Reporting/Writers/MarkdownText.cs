using System.Text;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Puts text from a tested system into Markdown so that it is shown as it is and changes nothing around it.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]~$";
    private const string SpecialAtStart = "#+-=:";

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
}
