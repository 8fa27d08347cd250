using VaultConformance.Reporting.Model;

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
        Write("Verified", control.Disruptive ? "by restarting, crashing or changing something in the release" : "by observing only");
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
        }

        console.WriteLine(string.Empty);
        Write("Page", $"docs/controls/{control.Id.Family}.md");
        console.WriteLine(string.Empty);
    }

    private void Write(string name, string? text)
    {
        if (text is { Length: > 0 })
        {
            console.WriteLine($"  {name + ":",-10}{text}", indent: 12);
        }
    }

    private static string FormatLevel(ControlDescriptor control) => control.Level.ToString().ToUpperInvariant();
}
