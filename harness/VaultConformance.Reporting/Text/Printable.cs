using System.Globalization;
using System.Text;

namespace VaultConformance.Reporting.Text;

/// <summary>
/// Makes text that came from a tested system safe to show: characters that a terminal, a browser or an XML parser would act on
/// become visible as <c>\u001B</c>, and text beyond a limit is cut with a note of how long it was.
/// </summary>
internal static class Printable
{
    /// <summary>The text with every control, direction and invalid character made visible; line feeds and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    public static string ToLines(string text) => Replace(text, keepLines: true);

    /// <summary>As <see cref="ToLines"/>, on one line: line feeds and tabs become a space.</summary>
    /// <param name="text">Any text.</param>
    public static string ToOneLine(string text) => Replace(text.ReplaceLineEndings(" ").Replace('\t', ' '), keepLines: false);

    /// <summary>Cuts a text that is longer than allowed, never through a surrogate pair.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">Largest number of UTF-16 units to keep.</param>
    public static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, length)}… ({text.Length:N0} characters)");
    }

    private static string Replace(string text, bool keepLines)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
            {
                result.Append(text, index++, 2);
            }
            else
            {
                Append(result, text[index], keepLines);
            }
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, char character, bool keepLines)
    {
        if (character is '\r' && keepLines)
        {
            return;
        }

        if ((keepLines && character is '\n' or '\t') || !IsActive(character))
        {
            result.Append(character);
        }
        else
        {
            result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
    }

    private static bool IsActive(char character) =>
        char.IsControl(character)
        || char.IsSurrogate(character)
        || character is '\uFFFE' or '\uFFFF' or '\uFEFF' or '\u2028' or '\u2029'
        || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
