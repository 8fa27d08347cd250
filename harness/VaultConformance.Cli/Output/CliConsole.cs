using Spectre.Console;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Where the program talks: a terminal with colours and a live line, or a log.</summary>
internal sealed class CliConsole
{
    /// <summary>Width of tables in a log, in characters.</summary>
    private const int LogWidth = 160;

    private CliConsole(TextWriter output, TextWriter error, IAnsiConsole ansi, bool live)
    {
        Out = output;
        Error = error;
        Ansi = ansi;
        Live = live;
    }

    /// <summary>Standard output.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output for tables.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>True on a terminal that someone is looking at.</summary>
    public bool Live { get; }

    /// <summary>The console of this process; a log when output is redirected, in CI, and on a dumb terminal.</summary>
    /// <param name="variables">The environment.</param>
    public static CliConsole FromProcess(IReadOnlyDictionary<string, string> variables)
    {
        var quiet = Console.IsOutputRedirected
            || variables.GetValueOrDefault("CI") is { Length: > 0 } and not "false"
            || variables.GetValueOrDefault("TERM") == "dumb";
        return quiet ? Log(Console.Out, Console.Error) : new CliConsole(Console.Out, Console.Error, AnsiConsole.Console, live: true);
    }

    /// <summary>A log without colours.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    public static CliConsole Log(TextWriter output, TextWriter error)
    {
        var ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        ansi.Profile.Width = LogWidth;
        return new CliConsole(output, error, ansi, live: false);
    }

    /// <summary>Writes one line; it is never wrapped, so that it stays one line in a log and in a search.</summary>
    /// <param name="text">The text; what a terminal would act on is made visible.</param>
    /// <param name="tone">How it looks.</param>
    public void WriteLine(string text, Tone tone)
    {
        var line = Printable.ToOneLine(text);
        Out.WriteLine(Ansi.Profile.Capabilities.Ansi && tone.Code.Length > 0 ? $"\u001b[{tone.Code}m{line}\u001b[0m" : line);
    }

    /// <summary>Writes one line as it is.</summary>
    /// <param name="text">The text.</param>
    public void WriteLine(string text) => WriteLine(text, Tone.Plain);
}
