using Spectre.Console;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Where the program talks: a terminal with colours and a live line, or a log.</summary>
internal sealed class CliConsole
{
    /// <summary>Width of tables in a log, in characters.</summary>
    private const int LogWidth = 160;

    /// <summary>Prose is not wider than this, however wide the terminal is.</summary>
    private const int WidestProse = 120;

    /// <summary>Talks to given writers.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="traits">What can be shown there.</param>
    public CliConsole(TextWriter output, TextWriter error, ConsoleTraits traits)
    {
        Traits = traits;
        Data = output;
        Out = new TidyWriter(output, traits.Ascii);
        Error = new TidyWriter(error, traits.Ascii);
        Ansi = CreateAnsi(traits.Live ? output : Out, traits);
    }

    /// <summary>What can be shown here.</summary>
    public ConsoleTraits Traits { get; }

    /// <summary>Standard output for people.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard output for programs: nothing is changed on the way.</summary>
    public TextWriter Data { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output for tables.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>Columns of prose; null where lines are not wrapped.</summary>
    public int? ProseWidth => Traits.Width is { } width ? Math.Min(width, WidestProse) : null;

    /// <summary>The console of this process; a log when output is redirected, in CI, and on a dumb terminal.</summary>
    /// <param name="variables">The environment.</param>
    public static CliConsole FromProcess(IReadOnlyDictionary<string, string> variables) =>
        new(
            new ConsoleWriter(Console.Out, required: true),
            new ConsoleWriter(Console.Error, required: false),
            ConsoleTraits.FromProcess(variables));

    /// <summary>A log without colours.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    public static CliConsole Log(TextWriter output, TextWriter error) => new(output, error, ConsoleTraits.Log);

    /// <summary>
    /// Writes a line. On a terminal it is broken between words; in a log it stays one line, so that a search finds it whole.
    /// </summary>
    /// <param name="text">The text; what a terminal would act on is made visible.</param>
    /// <param name="tone">How it looks.</param>
    /// <param name="indent">Blanks before its further lines.</param>
    public void WriteLine(string text, Tone tone, int indent = 2)
    {
        foreach (var line in LineWrap.Break(Printable.ToOneLine(text), ProseWidth, indent))
        {
            Out.WriteLine(Traits.Colour && tone.Code.Length > 0 && line.Length > 0 ? $"\u001b[{tone.Code}m{line}\u001b[0m" : line);
        }
    }

    /// <summary>Writes a line as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="indent">Blanks before its further lines.</param>
    public void WriteLine(string text, int indent = 2) => WriteLine(text, Tone.Plain, indent);

    private static IAnsiConsole CreateAnsi(TextWriter output, ConsoleTraits traits)
    {
        var ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = traits.Colour || traits.Live ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = traits.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = traits.Live ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        ansi.Profile.Width = traits.Width ?? LogWidth;
        ansi.Profile.Capabilities.Unicode = !traits.Ascii;
        return ansi;
    }
}
