using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Output;

/// <summary>Shows controls as the catalogue has them.</summary>
/// <param name="console">The console.</param>
internal sealed class CatalogueText(CliConsole console)
{
    private const int TitleColumn = 16;

    /// <summary>Shows one line for each control.</summary>
    /// <param name="controls">The controls.</param>
    public void List(IReadOnlyList<ControlDescriptor> controls)
    {
        foreach (var control in controls)
        {
            console.WriteLine(
                $"{control.Id,-7} {FormatLevel(control),-7} {control.Title}{(control.Disruptive ? " (disruptive)" : string.Empty)}",
                indent: TitleColumn);
        }

        console.WriteLine(string.Empty);
        console.WriteLine($"{controls.Count} controls. Disruptive ones restart, crash or change something in the release under test; "
            + "--no-disruptive leaves them out.", indent: 0);
        console.WriteLine("'controls show CORE-1' shows why a control matters and how to meet it; --json is for programs.", indent: 0);
    }

    /// <summary>Shows one control as a whole.</summary>
    /// <param name="control">The control.</param>
    public void Show(ControlDescriptor control)
    {
        console.WriteLine($"{control.Id}  {control.Title}", Tone.Good);
        Write("Level", $"{FormatLevel(control)}, unless the profile says otherwise; revision {control.Revision}");
        Write("Verified", DescribeVerification(control));
        Write("Sources", control.Source);
        Write("Why", control.Guide?.Why);
        Write("Fix", control.Remediation);
        Write("Values", string.Join(", ", control.ValueKeys.Select(key => key.Split('#')[0]).Distinct()));
        foreach (var snippet in control.Guide?.Snippets ?? [])
        {
            console.WriteLine(string.Empty);
            foreach (var line in snippet.Text.TrimEnd('\n').Split('\n'))
            {
                console.Out.WriteLine($"      {line}");
            }

            console.WriteLine(string.Empty);
            foreach (var line in SnippetLegend.List(snippet.Text))
            {
                console.WriteLine($"      {line}", indent: 8);
            }
        }

        console.WriteLine(string.Empty);
        Write("Page", ControlPageLink.Write(control));
        console.WriteLine(string.Empty);
    }

    private void Write(string name, string? text)
    {
        if (text is { Length: > 0 })
        {
            console.WriteLine($"  {name + ":",-10}{text}", indent: 12);
        }
    }

    private static string DescribeVerification(ControlDescriptor control)
    {
        var effects = string.Join(", and ", ControlEffects.List(control));
        return (control.Disruptive, effects.Length > 0) switch
        {
            (true, true) => $"disruptively: the run {effects}; --no-disruptive leaves that out",
            (true, false) => "by restarting, crashing or changing something in the release",
            (false, true) => $"by observing; for that the run {effects}",
            _ => "by observing only",
        };
    }

    private static string FormatLevel(ControlDescriptor control) => control.Level.ToString().ToUpperInvariant();
}
