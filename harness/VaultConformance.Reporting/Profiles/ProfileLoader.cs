using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>
/// Reads profiles strictly: whatever is unknown, missing, doubled or of the wrong type is an error, and all errors are told at once.
/// </summary>
/// <param name="catalogue">All controls; a profile has to speak about each of them.</param>
public sealed partial class ProfileLoader(IReadOnlyList<ControlDescriptor> catalogue)
{
    internal const string ExtendsField = "extends";
    internal const string NameField = "name";
    internal const string VersionField = "version";
    internal const string PlatformField = "platform";
    /// <summary>What it is for.</summary>
    internal const string DescriptionField = "description";
    internal const string ControlsField = "controls";
    internal const string ParametersField = "parameters";

    internal static readonly IReadOnlyList<string> Fields =
        [NameField, VersionField, ExtendsField, PlatformField, DescriptionField, ControlsField, ParametersField];

    /// <summary>
    /// True for a profile that was recorded by an earlier version of the program: controls that came later may be missing in it. What it
    /// names must still exist.
    /// </summary>
    public bool MayBeOlder { get; init; }

    /// <summary>Reads a profile from its text. It has to be whole, as recorded ones are: it cannot extend another one.</summary>
    /// <param name="path">Where the text comes from; only for messages.</param>
    /// <param name="text">The YAML text.</param>
    /// <exception cref="ProfileException">The text is not a valid profile; lists every problem with its line.</exception>
    public Profile Parse(string path, string text) => Parse(path, text, ProfileBase.None);

    /// <summary>As <see cref="Parse(string,string)"/>, for a profile that may extend another one.</summary>
    internal Profile Parse(string path, string text, ProfileBase based)
    {
        var problems = new ProblemList();
        var document = StrictYaml.Read(text, problems);
        var profile = document is YamlMap map ? Read(map, based, problems) : RefuseNoMapping(document, problems);
        return problems.IsEmpty ? profile! : throw ProfileException.Invalid(path, problems.Lines);
    }

    private Profile Read(YamlMap map, ProfileBase based, ProblemList problems)
    {
        var fields = new YamlFields(map, problems, [.. Fields]);
        fields.RefuseUnknown();
        var extends = map.Entries.Any(entry => entry.Key == ExtendsField);
        var profile = new Profile(
            ReadName(NameField, fields.ReadRequiredText(NameField), map, problems),
            ReadProfileVersion(fields.ReadRequiredText(VersionField), map, problems),
            fields.ReadRequiredText(DescriptionField),
            ReadControls(fields, map, extends, based, problems),
            ReadParameters(fields, based.Profile?.Parameters ?? new ProfileParameters(), problems))
        {
            Platform = fields.ReadOptionalText(PlatformField) is { } platform
                ? ReadName(PlatformField, platform, map, problems)
                : based.Profile?.Platform,
            Extends = based.Profile?.Reference,
        };
        if (extends && fields.ReadOptionalText(ExtendsField) is not null)
        {
            RefuseBase(profile, based, FindLine(map, ExtendsField), problems);
        }

        return profile;
    }

    private IReadOnlyDictionary<ControlId, ProfileControl> ReadControls(
        YamlFields fields, YamlMap map, bool extends, ProfileBase based, ProblemList problems)
    {
        var inherited = based.Profile?.Controls ?? new Dictionary<ControlId, ProfileControl>();
        var controls = fields.Map(ControlsField);
        if (controls is null && !extends && map.Entries.All(entry => entry.Key != ControlsField))
        {
            problems.Add(map.Line, $"field '{ControlsField}' is missing");
        }

        return controls is null
            ? inherited
            : new ProfileControlReader(catalogue, MayBeOlder || extends, problems).Read(controls, inherited);
    }

    private static ProfileParameters ReadParameters(YamlFields fields, ProfileParameters inherited, ProblemList problems) =>
        fields.Map(ParametersField) is { } parameters ? ProfileParameterReader.Read(parameters, inherited, problems) : inherited;

    private static void RefuseBase(Profile profile, ProfileBase based, int line, ProblemList problems)
    {
        if (based.Problem is { } problem)
        {
            problems.Add(problem.Line, problem.Text);
        }
        else if (based.Profile is null)
        {
            problems.Add(line, $"'{ExtendsField}' is not possible here: a profile that a run recorded is whole");
        }
        else if (based.Profile.Reference == profile.Reference)
        {
            problems.Add(line, $"a profile cannot extend itself: give it a name or a version other than {profile.Reference}");
        }
    }

    private static Profile? RefuseNoMapping(YamlValue? document, ProblemList problems)
    {
        if (document is not null)
        {
            problems.Add(
                document.Line, $"a profile is a mapping with the fields {NameField}, {VersionField}, {DescriptionField}, {ControlsField}");
        }

        return null;
    }

    private static string ReadName(string field, string name, YamlMap map, ProblemList problems)
    {
        if (name.Length > 0
            && !name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'))
        {
            problems.Add(FindLine(map, field), $"{field} '{name}' may have only lower-case letters, digits and '-'");
        }

        return name;
    }

    private static string ReadProfileVersion(string version, YamlMap map, ProblemList problems)
    {
        if (version.Length > 0 && !VersionForm.IsMatch(version))
        {
            problems.Add(FindLine(map, VersionField), $"version '{version}' must look like 1.0");
        }

        return version;
    }

    private static int FindLine(YamlMap map, string field) => map.Entries.First(entry => entry.Key == field).Line;

    [GeneratedRegex("^[0-9]{1,9}([.][0-9]{1,9}){1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionForm { get; }
}
