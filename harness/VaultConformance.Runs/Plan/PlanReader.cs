using VaultConformance.Files;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads settings from layers: the first layer that says something about a setting decides it alone.</summary>
/// <param name="layers">The layers, the strongest first.</param>
/// <param name="folder">Folder that relative paths start from.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class PlanReader(IReadOnlyList<ISettingLayer> layers, string folder, PlanProblems problems)
{
    private const int LargestFolder = 1000;

    /// <summary>What is said about a setting, or null.</summary>
    /// <param name="setting">The setting.</param>
    public SettingValue? Find(Setting setting) => layers.Select(layer => layer.Find(setting)).FirstOrDefault(value => value is not null);

    /// <summary>True when something is said about a setting.</summary>
    /// <param name="setting">The setting.</param>
    public bool Has(Setting setting) => Find(setting) is not null;

    /// <summary>Whether a switch is on.</summary>
    /// <param name="setting">The switch.</param>
    public bool Switch(Setting setting)
    {
        if (Find(setting) is not { } value)
        {
            return false;
        }

        if (value.Values is ["true" or "false"])
        {
            return value.Values[0] == "true";
        }

        problems.Add(value.Origin, $"'{string.Join(' ', value.Values)}' must be true or false");
        return false;
    }

    /// <summary>The one value of a setting, or null.</summary>
    /// <param name="setting">The setting.</param>
    public string? ReadSingle(Setting setting)
    {
        if (Find(setting) is not { } value)
        {
            return null;
        }

        if (value.Values is [{ } text] && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        problems.Add(
            value.Origin, value.Values.Count > 1 ? $"is given {value.Values.Count} times; it takes one value" : "the value is empty");
        return null;
    }

    /// <summary>All values of a setting.</summary>
    /// <param name="setting">The setting.</param>
    public IReadOnlyList<string> ReadMany(Setting setting)
    {
        if (Find(setting) is not { } value)
        {
            return [];
        }

        if (value.Values.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add(value.Origin, "a value is empty");
        }

        return [.. value.Values.Where(text => !string.IsNullOrWhiteSpace(text))];
    }

    /// <summary>Existing files that a setting names, as full paths.</summary>
    /// <param name="setting">The setting.</param>
    public IReadOnlyList<string> ReadFiles(Setting setting) =>
        [.. ReadMany(setting).Select(path => RequireFile(setting, path)).OfType<string>()];

    /// <summary>The existing file that a setting names, as a full path, or null.</summary>
    /// <param name="setting">The setting.</param>
    public string? ReadFile(Setting setting) => ReadSingle(setting) is { } path ? RequireFile(setting, path) : null;

    /// <summary>The chart that is named, or null; one on this machine as a full path.</summary>
    public string? ReadChart() =>
        ReadSingle(Settings.Chart) is { } text && Path.Exists(ToFullPath(text)) ? ToFullPath(text) : ReadSingle(Settings.Chart);

    /// <summary>A path from the working folder.</summary>
    /// <param name="path">As given.</param>
    public string ToFullPath(string path) => Path.GetFullPath(path, folder);

    /// <summary>Where a setting was given; its option when it was not.</summary>
    /// <param name="setting">The setting.</param>
    public string DescribeOrigin(Setting setting) => Find(setting)?.Origin ?? setting.Option;

    private string? RequireFile(Setting setting, string path)
    {
        if (GivenText.FindProblem(path) is { } wrong)
        {
            problems.Add(DescribeOrigin(setting), wrong);
            return null;
        }

        var full = ToFullPath(path);
        if (path == "-" && !System.IO.File.Exists(full))
        {
            problems.Add(DescribeOrigin(setting), "'-' is not read from the standard input; write it to a file, and name that");
            return null;
        }

        if (RegularFile.IsPipe(full))
        {
            problems.Add(
                DescribeOrigin(setting),
                $"'{path}' is a pipe, which can be read only once; write what comes out of it to a file, and name that");
            return null;
        }

        if (System.IO.File.Exists(full))
        {
            return full;
        }

        problems.Add(
            DescribeOrigin(setting),
            Directory.Exists(full) ? $"'{path}' is a folder, not a file" : $"file '{path}' does not exist{WriteNear(full)}");
        return null;
    }

    // Where it was looked for, and the file that was probably meant.
    private static string WriteNear(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            return $" (there is no folder '{folder}')";
        }

        var names = new DirectoryInfo(folder)
            .EnumerateFiles("*", new EnumerationOptions { IgnoreInaccessible = true })
            .Select(file => file.Name)
            .Take(LargestFolder);
        return $" in '{folder}'{Nearest.WriteHint(Path.GetFileName(path), names)}";
    }
}
