using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary><c>controls</c>: lists the controls, and shows what one means.</summary>
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
        var command = new VerbCommand(
            "controls",
            "List all controls: level, requirement, and whether verifying them changes the release. With names, show those: why they "
                + "matter, how to meet them, and where they come from.",
            "controls",
            "controls show TLS-1",
            "controls FS",
            "controls --json") { CreateShow() };
        var names = CreateNames(ArgumentArity.ZeroOrMore);
        var json = new Option<bool>("--json") { Description = "For programs." };
        command.Add(names);
        command.Add(json);
        command.SetAction(result => Run(result.GetValue(names) ?? [], result.GetValue(json)));
        return command;
    }

    private VerbCommand CreateShow()
    {
        var names = CreateNames(ArgumentArity.OneOrMore);
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new VerbCommand(
            "show",
            "Show what controls mean, why they matter, and how to meet them.",
            "controls show CORE-1",
            "controls show TLS") { names, json };
        command.SetAction(result => Run(result.GetRequiredValue(names), result.GetValue(json)));
        return command;
    }

    private Argument<string[]> CreateNames(ArgumentArity arity)
    {
        var names = new Argument<string[]>("control") { Description = "Control or family, for example CORE-1 or TLS.", Arity = arity };
        names.CompletionSources.Add([.. ControlNames.List(services.Judge)]);
        return names;
    }

    private int Run(string[] names, bool json)
    {
        List<ControlDescriptor> controls = names.Length == 0 ? [.. services.Judge.Controls] : [.. names.SelectMany(Find).Distinct()];
        if (json)
        {
            services.Console.Data.WriteLine(JsonSerializer.Serialize(controls.Select(Entry.From), Options));
        }
        else if (names.Length == 0)
        {
            new CatalogueText(services.Console).List(controls);
        }
        else
        {
            controls.ForEach(new CatalogueText(services.Console).Show);
        }

        return ExitCodes.Success;
    }

    private IReadOnlyList<ControlDescriptor> Find(string name)
    {
        IReadOnlyList<ControlDescriptor> found =
        [
            .. services.Judge.Controls.Where(control => name.Equals(control.Id.ToString(), StringComparison.OrdinalIgnoreCase)
                || name.Equals(control.Id.Family, StringComparison.OrdinalIgnoreCase)),
        ];
        return found.Count > 0 ? found : throw new HarnessException(
            FailureKind.Configuration,
            $"There is no control or family '{name}'{Nearest.WriteHint(name, ControlNames.List(services.Judge))}; the verb 'controls' "
                + "lists them.");
    }

    private sealed record Entry(
        string Id, int Revision, Requirement Level, string Title, string Source, string Remediation, bool Disruptive, string? Why)
    {
        public static Entry From(ControlDescriptor control) =>
            new(
                control.Id.ToString(),
                control.Revision,
                control.Level,
                control.Title,
                control.Source,
                control.Remediation,
                control.Disruptive,
                control.Guide?.Why);
    }
}
