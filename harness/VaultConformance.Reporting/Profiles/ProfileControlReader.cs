using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>Reads the controls of a profile against the catalogue.</summary>
/// <param name="catalogue">All controls.</param>
/// <param name="mayBeMissing">Whether controls of the catalogue may be missing.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ProfileControlReader(IReadOnlyList<ControlDescriptor> catalogue, bool mayBeMissing, ProblemList problems)
{
    private const string LevelField = "level";
    private const string ReasonField = "reason";
    private const string NotApplicableField = "notApplicable";

    private readonly Dictionary<string, ControlDescriptor> _known = catalogue.ToDictionary(control => control.Id.ToString());

    /// <summary>Reads them; a control that the catalogue has and the profile has not is a problem.</summary>
    /// <param name="map">The field <c>controls</c>.</param>
    /// <param name="based">What holds for those that are not named; an entry replaces what stands there as a whole.</param>
    public IReadOnlyDictionary<ControlId, ProfileControl> Read(YamlMap map, IReadOnlyDictionary<ControlId, ProfileControl> based)
    {
        var controls = based.ToDictionary();
        foreach (var entry in map.Entries)
        {
            if (!_known.TryGetValue(entry.Key, out var descriptor))
            {
                problems.Add(entry.Line, $"unknown control '{entry.Key}'{Nearest.WriteHint(entry.Key, _known.Keys)}");
            }
            else if (entry.Value is YamlMap fields)
            {
                controls[descriptor.Id] = ReadOne(descriptor, fields);
            }
            else
            {
                problems.Add(entry.Value.Line, $"'{entry.Key}' must be a mapping, for example {{level: must}}");
            }
        }

        if (!mayBeMissing)
        {
            RefuseMissing(map);
        }

        return controls;
    }

    private ProfileControl ReadOne(ControlDescriptor descriptor, YamlMap map)
    {
        var fields = new YamlFields(map, problems, [LevelField, ReasonField, NotApplicableField]);
        fields.RefuseUnknown();
        var level = ReadLevel(descriptor, fields.ReadRequiredText(LevelField), map);
        var control = new ProfileControl(level, fields.ReadOptionalText(ReasonField), fields.ReadOptionalText(NotApplicableField));
        if (control is { Reason: null, NotApplicable: null } && level < descriptor.Level)
        {
            problems.Add(
                map.Line,
                $"{descriptor.Id} is lowered from {DescribeLevel(descriptor.Level)} to {DescribeLevel(level)}: say why in '{ReasonField}'");
        }

        return control;
    }

    private Requirement ReadLevel(ControlDescriptor descriptor, string text, YamlMap map)
    {
        foreach (var level in Enum.GetValues<Requirement>())
        {
            if (text == DescribeLevel(level))
            {
                return level;
            }
        }

        if (text.Length > 0)
        {
            problems.Add(map.Line, $"level '{text}' of {descriptor.Id} must be must, should or may");
        }

        return descriptor.Level;
    }

    private void RefuseMissing(YamlMap map)
    {
        var present = map.Entries.Select(entry => entry.Key).ToHashSet();
        var missing = catalogue.Select(control => control.Id).Order().Where(id => !present.Contains(id.ToString())).ToList();
        if (missing.Count > 0)
        {
            problems.Add(
                map.Line,
                $"the profile says nothing about {string.Join(", ", missing)}; it must name every control of the catalogue, or take what "
                    + "it does not name from another profile with 'extends: baseline'");
        }
    }

    private static string DescribeLevel(Requirement level) => level switch
    {
        Requirement.Must => "must",
        Requirement.Should => "should",
        _ => "may",
    };
}
