using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// What the values files of a run declare about its controls; kept with the evidence, so that a replay needs no values files.
/// </summary>
/// <param name="Files">
/// The values files in order, as paths with <c>/</c> from the folder that the run was started in; a file elsewhere by its name.
/// </param>
/// <param name="Controls">What they declare, by control id; controls that they say nothing about are missing.</param>
internal sealed record DeclaredValues(IReadOnlyList<string> Files, IReadOnlyDictionary<string, IReadOnlyList<DeclaredValue>> Controls)
{
    /// <summary>Nothing is declared.</summary>
    public static DeclaredValues None { get; } = new([], new Dictionary<string, IReadOnlyList<DeclaredValue>>());

    /// <summary>What files declare about controls.</summary>
    /// <param name="files">The files in the order in which Helm gets them.</param>
    /// <param name="controls">The controls.</param>
    public static DeclaredValues From(IReadOnlyList<ValuesFile> files, IEnumerable<ControlDescriptor> controls)
    {
        var locator = new ValuesLocator(files);
        return new DeclaredValues(
            [.. files.Select(file => file.Path)],
            controls.Select(control => (Id: control.Id.ToString(), Found: locator.Find(control.ValueKeys)))
                .Where(pair => pair.Found.Count > 0)
                .ToDictionary(pair => pair.Id, pair => pair.Found));
    }

    /// <summary>Fills what is declared into a report.</summary>
    /// <param name="report">The report.</param>
    public ConformanceReport FillIn(ConformanceReport report) => report with
    {
        ValuesFiles = Files,
        Results =
            [.. report.Results.Select(result => result with { Declared = List(result) })],
    };

    // What a finding says of its own place is more than what the keys of the control find.
    private IReadOnlyList<DeclaredValue> List(ControlResult result) =>
    [
        .. result.Places.Select(place => new DeclaredValue(place.Key, place.File, place.Line, place.Text) { Path = FindPath(place) })
            .Concat(Controls.GetValueOrDefault(result.Control.Id.ToString(), []))
            .DistinctBy(value => (value.Path, value.Line)),
    ];

    private string FindPath(ValuePlace place)
    {
        var numbered = place.FileNumber is { } number ? Files.ElementAtOrDefault(number - 1) : null;
        return new[] { numbered }.Concat(Files).OfType<string>().FirstOrDefault(path => IsNamed(path, place.File)) ?? place.File;
    }

    private static bool IsNamed(string path, string name) => path[(path.LastIndexOf('/') + 1)..] == name;
}
