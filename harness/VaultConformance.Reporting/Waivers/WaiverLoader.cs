using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Waivers;

/// <summary>
/// Reads files of waivers strictly: whatever is unknown, missing, doubled or of the wrong type is an error, and all errors are told at
/// once.
/// </summary>
/// <param name="catalogue">All controls that can be waived.</param>
internal sealed class WaiverLoader(IReadOnlyList<ControlDescriptor> catalogue)
{
    private const string WaiversField = "waivers";

    /// <summary>
    /// True when a waiver for a control that the catalogue does not have is kept instead of refused, so that an audit can report it.
    /// </summary>
    public bool KeepsUnknownControls { get; init; }

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, in order.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="WaiverException">One cannot be read or is not valid, or two hold a waiver of the same id.</exception>
    public async Task<IReadOnlyList<WaiverFile>> LoadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<WaiverFile>();
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            files.Add(await LoadAsync(path, cancellationToken));
        }

        WaiverFile.Join(files);
        return files;
    }

    /// <summary>Reads waivers from the text of a file.</summary>
    /// <param name="path">Where the text comes from.</param>
    /// <param name="text">The YAML text.</param>
    /// <exception cref="WaiverException">The text is not valid; lists every problem with its line.</exception>
    public WaiverFile Parse(string path, string text)
    {
        var problems = new ProblemList();
        var waivers = StrictYaml.Read(text, problems) switch
        {
            YamlMap map => Read(map, problems),
            null => [],
            var other => RefuseNoMapping(other, problems),
        };
        return problems.IsEmpty ? new WaiverFile(path, text, waivers) : throw WaiverException.Invalid(path, problems.Lines);
    }

    private async Task<WaiverFile> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(path, await InputFile.ReadAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw WaiverException.Unreadable(path, exception);
        }
    }

    private List<Waiver> Read(YamlMap map, ProblemList problems)
    {
        var fields = new YamlFields(map, problems, [WaiversField]);
        fields.RefuseUnknown();
        var reader = new WaiverReader([.. catalogue.Select(control => control.Id)], KeepsUnknownControls, problems);
        var waivers = new List<Waiver>();
        foreach (var item in fields.ReadRequiredList(WaiversField)?.Items ?? [])
        {
            if (item is YamlMap waiver)
            {
                waivers.Add(reader.Read(waiver));
            }
            else
            {
                problems.Add(item.Line, $"a waiver is a mapping with the fields {string.Join(", ", WaiverReader.Fields)}");
            }
        }

        return waivers;
    }

    private static List<Waiver> RefuseNoMapping(YamlValue document, ProblemList problems)
    {
        problems.Add(document.Line, $"a file of waivers is a mapping with the field {WaiversField}");
        return [];
    }
}
