using VaultConformance.Files;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Runs.Plan;

/// <summary>Settings from <c>vault-conformance.yaml</c>: a mapping from the names of options, without dashes, to their values.</summary>
internal sealed class FileLayer : ISettingLayer
{
    /// <summary>Name of the file; it is looked for in the working folder.</summary>
    public const string FileName = "vault-conformance.yaml";

    private readonly Dictionary<Setting, SettingValue> _values = [];
    private readonly string _path;

    private FileLayer(string path)
    {
        _path = path;
    }

    /// <inheritdoc />
    public SettingValue? Find(Setting setting) => _values.GetValueOrDefault(setting);

    /// <summary>Reads the file when there is one.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="problems">Receives what is wrong with it.</param>
    public static FileLayer Read(string folder, PlanProblems problems)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            RegularFile.Require(path);
            if (Directory.Exists(path))
            {
                problems.Add(path, "is a folder, not a file; the settings of this folder are read from a file of that name");
            }

            return File.Exists(path) ? Parse(path, File.ReadAllText(path), problems) : new FileLayer(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, $"cannot be read: {exception.Message}");
            return new FileLayer(path);
        }
    }

    private static FileLayer Parse(string path, string text, PlanProblems problems)
    {
        var layer = new FileLayer(path);
        var yaml = new ProblemList();
        switch (StrictYaml.Read(text, yaml))
        {
            case YamlMap map:
                layer.Read(map, yaml);
                break;
            case { } other:
                yaml.Add(other.Line, "the file must be a mapping from settings to values");
                break;
        }

        foreach (var line in yaml.Lines)
        {
            problems.Add(path, line);
        }

        return layer;
    }

    private void Read(YamlMap map, ProblemList problems)
    {
        foreach (var entry in map.Entries)
        {
            if (Settings.Known.FirstOrDefault(setting => setting.Name == entry.Key) is not { } setting)
            {
                problems.Add(
                    entry.Line,
                    $"there is no setting '{entry.Key}'{Nearest.WriteHint(entry.Key, Settings.Known.Select(known => known.Name))}");
            }
            else if (ReadValues(setting, entry.Value) is { } values)
            {
                _values.Add(setting, new SettingValue(values, $"{_path} line {entry.Line}"));
            }
            else
            {
                problems.Add(entry.Line, $"'{entry.Key}' must be {DescribeExpected(setting.Kind)}");
            }
        }
    }

    private static IReadOnlyList<string>? ReadValues(Setting setting, YamlValue value) => value switch
    {
        YamlText { Text.Length: > 0 } text => [text.Text],
        YamlList list when setting.Kind == SettingKind.Many && list.Items.All(item => item is YamlText { Text.Length: > 0 }) =>
            [.. list.Items.Cast<YamlText>().Select(item => item.Text)],
        _ => null,
    };

    private static string DescribeExpected(SettingKind kind) => kind switch
    {
        SettingKind.Switch => "true or false",
        SettingKind.Many => "a text or a list of texts",
        _ => "a text",
    };
}
