using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Commands;

/// <summary><c>controls</c>: lists all controls.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class ControlsVerb(CliServices services) : IVerb
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <inheritdoc />
    public Command Create()
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command(
            "controls",
            "List all controls: level, requirement, and whether they are disruptive; with --json also source and remediation.") { json };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private int Run(bool json)
    {
        var controls = services.Judge.Controls;
        if (json)
        {
            services.Console.Out.WriteLine(JsonSerializer.Serialize(controls.Select(Entry.From), Options));
            return ExitCodes.Success;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Control", "Level", "Disruptive", "Requirement");
        foreach (var control in controls)
        {
            table.AddRow(
                new Text(control.Id.ToString()),
                new Text(control.Level.ToString().ToUpperInvariant()),
                new Text(control.Disruptive ? "yes" : ""),
                new Text(control.Title));
        }

        services.Console.Ansi.Write(table);
        services.Console.WriteLine($"{controls.Count} controls. Pages with traps and remediation: docs/controls/. For programs: --json.");
        return ExitCodes.Success;
    }

    private sealed record Entry(
        string Id, int Revision, Requirement Level, string Title, string Source, string Remediation, bool Disruptive)
    {
        public static Entry From(ControlDescriptor control) =>
            new(
                control.Id.ToString(),
                control.Revision,
                control.Level,
                control.Title,
                control.Source,
                control.Remediation,
                control.Disruptive);
    }
}
