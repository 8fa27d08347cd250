using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>Reads profiles strictly: whatever is unknown, missing, doubled or of the wrong type is an error, and all errors are told at once.</summary>
/// <param name="catalogue">All controls; a profile has to speak about each of them.</param>
public sealed partial class ProfileLoader(IReadOnlyList<ControlDescriptor> catalogue)
{
    private const string NameField = "name";
    private const string VersionField = "version";
    private const string PlatformField = "platform";
    private const string DescriptionField = "description";
    private const string ControlsField = "controls";
    private const string ParametersField = "parameters";

    /// <summary>All fields of a profile.</summary>
    internal static readonly IReadOnlyList<string> Fields = [NameField, VersionField, PlatformField, DescriptionField, ControlsField, ParametersField];

    /// <summary>
    /// True for a profile that was recorded by an earlier version of the program: controls that came later may be missing in it. What it
    /// names must still exist.
    /// </summary>
    public bool MayBeOlder { get; init; }

    /// <summary>Reads a profile from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">The file cannot be read or is no valid profile.</exception>
    public async Task<Profile> LoadAsync(string path, CancellationToken cancellationToken) => (await ReadAsync(path, cancellationToken)).Profile;

    /// <summary>As <see cref="LoadAsync"/>, with the text of the file.</summary>
    internal async Task<ProfileSource> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await InputFile.ReadAsync(path, cancellationToken);
            return new ProfileSource(Parse(path, text), text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.Unreadable(path, exception);
        }
    }

    /// <summary>Reads a profile from its text.</summary>
    /// <param name="path">Where the text comes from; only for messages.</param>
    /// <param name="text">The YAML text.</param>
    /// <exception cref="ProfileException">The text is no valid profile; lists every problem with its line.</exception>
    public Profile Parse(string path, string text)
    {
        var problems = new ProblemList();
        var document = StrictYaml.Read(text, problems);
        var profile = document is YamlMap map ? Read(map, problems) : NoMapping(document, problems);
        return problems.IsEmpty ? profile! : throw ProfileException.Invalid(path, problems.Lines);
    }

    private Profile Read(YamlMap map, ProblemList problems)
    {
        var fields = new YamlFields(map, problems, [.. Fields]);
        fields.RefuseUnknown();
        var controls = fields.Map(ControlsField);
        if (controls is null && map.Entries.All(entry => entry.Key != ControlsField))
        {
            problems.Add(map.Line, $"field '{ControlsField}' is missing");
        }

        return new Profile(
            Name(NameField, fields.RequiredText(NameField), map, problems),
            ProfileVersion(fields.RequiredText(VersionField), map, problems),
            fields.RequiredText(DescriptionField),
            controls is null ? new Dictionary<ControlId, ProfileControl>() : new ProfileControlReader(catalogue, MayBeOlder, problems).Read(controls),
            fields.Map(ParametersField) is { } parameters ? ProfileParameterReader.Read(parameters, problems) : new ProfileParameters())
        {
            Platform = fields.OptionalText(PlatformField) is { } platform ? Name(PlatformField, platform, map, problems) : null,
        };
    }

    private static Profile? NoMapping(YamlValue? document, ProblemList problems)
    {
        if (document is not null)
        {
            problems.Add(document.Line, $"a profile is a mapping with the fields {NameField}, {VersionField}, {DescriptionField}, {ControlsField}");
        }

        return null;
    }

    private static string Name(string field, string name, YamlMap map, ProblemList problems)
    {
        if (name.Length > 0 && !name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'))
        {
            problems.Add(LineOf(map, field), $"{field} '{name}' may have only lower-case letters, digits and '-'");
        }

        return name;
    }

    private static string ProfileVersion(string version, YamlMap map, ProblemList problems)
    {
        if (version.Length > 0 && !VersionForm().IsMatch(version))
        {
            problems.Add(LineOf(map, VersionField), $"version '{version}' must look like 1.0");
        }

        return version;
    }

    private static int LineOf(YamlMap map, string field) => map.Entries.First(entry => entry.Key == field).Line;

    [GeneratedRegex("^[0-9]{1,9}([.][0-9]{1,9}){1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionForm();
}
