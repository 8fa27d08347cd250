using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>
/// Texts as viewers of SARIF take them: shown as they are, without links, and within the lengths that code scanning accepts.
/// </summary>
internal static class SarifWords
{
    private const int Description = 980;
    private const int Longest = 4000;
    private const int Name = 200;

    /// <summary>A text on one line, for a description.</summary>
    /// <param name="text">Any text.</param>
    public static string ToSentence(string text) => ToPlain(Printable.ToOneLine(text), Description);

    /// <summary>A name or a value on one line.</summary>
    /// <param name="text">Any text.</param>
    public static string Shorten(string text) => ToPlain(Printable.ToOneLine(text), Name);

    /// <summary>A text of several lines, for a message.</summary>
    /// <param name="text">Any text.</param>
    public static string ToLines(string text) => ToPlain(Printable.ToLines(text), Longest);

    /// <summary>The level of a failure.</summary>
    /// <param name="requirement">How binding the control is.</param>
    public static string DescribeLevel(Requirement requirement) => requirement switch
    {
        Requirement.Must => "error",
        Requirement.Should => "warning",
        _ => "note",
    };

    // In a message of SARIF, [text](address) is a link, and the text may come from a tested system.
    private static string ToPlain(string text, int maximum) =>
        Printable.Cut(text.Trim(), maximum).Replace("](", "] (", StringComparison.Ordinal);
}
