using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Text;
using Profile = VaultConformance.Reporting.Profiles.Profile;

namespace VaultConformance.Cli.Commands;

/// <summary>Shows profiles to people.</summary>
/// <param name="console">Where to show them.</param>
internal sealed class ProfileText(CliConsole console)
{
    private const int LongestCell = 300;

    /// <summary>Shows a list.</summary>
    /// <param name="profiles">The profiles.</param>
    public void List(IReadOnlyList<Profile> profiles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Profile", "Platform", "Must", "Should", "May", "N/A", "Description");
        table.Columns[0].NoWrap = true;
        foreach (var profile in profiles.Select(ProfileSummary.From))
        {
            table.AddRow(
                CreateCell(profile.Reference),
                CreateCell(profile.Platform ?? "any"),
                CreateCell(FormatNumber(profile.Must)),
                CreateCell(FormatNumber(profile.Should)),
                CreateCell(FormatNumber(profile.May)),
                CreateCell(FormatNumber(profile.NotApplicable)),
                CreateCell(profile.Description));
        }

        console.Ansi.Write(table);
        console.WriteLine($"{profiles.Count} profile{(profiles.Count == 1 ? "" : "s")}. A name without a version means its highest one. "
            + "'profile show' tells the rest.");
    }

    /// <summary>Shows one profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="catalogue">All controls.</param>
    public void Show(Profile profile, IReadOnlyList<ControlDescriptor> catalogue)
    {
        console.WriteLine($"{profile.Reference}, {(profile.Platform is { } platform ? $"for {platform}" : "for any platform")}");
        console.WriteLine(profile.Description);
        if (profile.Extends is { } extended)
        {
            console.WriteLine($"It extends {extended}. What follows is the whole of it.");
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Control", "Level", "Requirement", "Reason");
        foreach (var descriptor in catalogue.Where(control => profile.Controls.ContainsKey(control.Id)))
        {
            var control = profile.Controls[descriptor.Id];
            table.AddRow(
                CreateCell(descriptor.Id.ToString()),
                CreateCell(FormatLevel(control)),
                CreateCell(descriptor.Title),
                CreateCell(control.NotApplicable ?? control.Reason ?? DescribeRaised(control, descriptor)));
        }

        console.Ansi.Write(table);
        foreach (var (name, value, isDefault) in ListParameters(profile.Parameters))
        {
            console.WriteLine($"{name,-31} {value}{(isDefault ? " (default)" : "")}", isDefault ? Tone.Faint : Tone.Plain);
        }
    }

    private static string FormatLevel(ProfileControl control) =>
        control.NotApplicable is null ? control.Level.ToString().ToUpperInvariant() : "N/A";

    private static string DescribeRaised(ProfileControl control, ControlDescriptor descriptor) =>
        control.Level > descriptor.Level ? $"raised from {descriptor.Level.ToString().ToUpperInvariant()}" : string.Empty;

    private static IEnumerable<(string Name, string Value, bool IsDefault)> ListParameters(ProfileParameters parameters)
    {
        var defaults = ToJson(new ProfileParameters());
        return ToJson(parameters).Select(pair => (
            pair.Key, pair.Value?.ToJsonString(Compact) ?? "not given", JsonNode.DeepEquals(pair.Value, defaults[pair.Key])));
    }

    private static JsonObject ToJson(ProfileParameters parameters) =>
        JsonSerializer.SerializeToNode(parameters, VerbJson.Options)!.AsObject();

    private static JsonSerializerOptions Compact { get; } = new(VerbJson.Options) { WriteIndented = false };

    private static Text CreateCell(string text) => new(Printable.Cut(Printable.ToOneLine(text), LongestCell));

    private static string FormatNumber(int number) => number.ToString(CultureInfo.InvariantCulture);
}
