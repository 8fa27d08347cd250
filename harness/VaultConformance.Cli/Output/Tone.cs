using Spectre.Console;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Output;

/// <summary>How something looks: in a table, and as the ANSI code of a line.</summary>
internal sealed record Tone(Style Style, string Code)
{
    public static readonly Tone Plain = new(Style.Plain, "");
    public static readonly Tone Good = new(new Style(Color.Green), "32");
    public static readonly Tone Bad = new(new Style(Color.Red), "31");
    public static readonly Tone Warning = new(new Style(Color.Yellow), "33");
    public static readonly Tone Faint = new(new Style(Color.Grey), "90");

    /// <summary>How an outcome looks.</summary>
    /// <param name="outcome">The outcome; null for a control that did not run.</param>
    public static Tone From(Outcome? outcome) => outcome switch
    {
        Outcome.Passed or Outcome.Declared => Good,
        Outcome.Failed => Bad,
        Outcome.NotApplicable or Outcome.RunOnly => Faint,
        _ => Warning,
    };

    /// <summary>How what became of a waiver looks.</summary>
    /// <param name="status">What became of it.</param>
    public static Tone From(WaiverStatus status) => status switch
    {
        { State: WaiverState.Expired } => Bad,
        { State: WaiverState.Used, TooBroad.Count: 0 } => Plain,
        _ => Warning,
    };

    /// <summary>How a verdict looks.</summary>
    /// <param name="verdict">The verdict.</param>
    public static Tone From(Verdict verdict) => verdict switch
    {
        Verdict.Conformant or Verdict.Declared => Good,
        Verdict.NonConformant => Bad,
        _ => Warning,
    };
}
