using System.Globalization;
using System.Text;

namespace VaultConformance.Cli.Output;

/// <summary>What can be shown where the program talks.</summary>
/// <param name="Live">True on a terminal that someone is looking at: a live line may be drawn.</param>
/// <param name="Colour">True when escape codes for colours are wanted.</param>
/// <param name="Ascii">True when nothing but ASCII can be shown.</param>
/// <param name="Width">Width in columns; null when lines are not to be wrapped, as in a log.</param>
internal sealed record ConsoleTraits(bool Live, bool Colour, bool Ascii, int? Width)
{
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private const int Narrowest = 40;
    private const int Widest = 500;

    /// <summary>A log: no colours, lines as long as they are.</summary>
    public static ConsoleTraits Log { get; } = new(Live: false, Colour: false, Ascii: false, Width: null);

    /// <summary>The traits of this process.</summary>
    /// <param name="variables">The environment.</param>
    public static ConsoleTraits FromProcess(IReadOnlyDictionary<string, string> variables) => From(
        variables,
        Console.IsOutputRedirected ? null : MeasureTerminal(),
        OperatingSystem.IsWindows() ? Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage : null);

    /// <summary>
    /// The traits by environment: <c>NO_COLOR</c>, <c>FORCE_COLOR</c>, <c>COLUMNS</c>, <c>CI</c>, <c>TERM</c>, the locale.
    /// </summary>
    /// <param name="variables">The environment.</param>
    /// <param name="terminal">Width of the terminal; null when output goes elsewhere.</param>
    /// <param name="unicode">Whether UTF-8 can be shown; null when the locale decides.</param>
    internal static ConsoleTraits From(IReadOnlyDictionary<string, string> variables, int? terminal, bool? unicode)
    {
        string Read(string name) => variables.GetValueOrDefault(name) ?? string.Empty;
        var plain = Read("NO_COLOR").Length > 0;
        var forced = IsOn(Read("FORCE_COLOR")) || IsOn(Read("CLICOLOR_FORCE"));
        var ascii = !(unicode ?? IsUnicode(Read));
        var terminalInUse = terminal is not null && !IsOn(Read("CI")) && Read("TERM") != "dumb";
        return new ConsoleTraits(
            terminalInUse && !plain && !ascii,
            !plain && (forced || (terminalInUse && Read("CLICOLOR") != "0")),
            ascii,
            ParseWidth(Read("COLUMNS")) ?? terminal);
    }

    private static bool IsOn(string value) => value is not ("" or "0" or "false");

    // As the C library decides: the first of the three that is set; without any, the locale "C", which has only ASCII.
    private static bool IsUnicode(Func<string, string> read) =>
        LocaleVariables.Select(read).FirstOrDefault(value => value.Length > 0) is { } locale
            && locale.Replace("-", string.Empty, StringComparison.Ordinal).Contains("UTF8", StringComparison.OrdinalIgnoreCase);

    private static int? ParseWidth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0
            ? Math.Clamp(width, Narrowest, Widest)
            : null;

    private static int? MeasureTerminal()
    {
        try
        {
            return Console.WindowWidth > 0 ? Math.Max(Console.WindowWidth, Narrowest) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
