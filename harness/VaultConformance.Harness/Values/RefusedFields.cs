using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Fields that an API server refused, and the values that set them: its message names a place in an object, which stands in nobody's values
/// file.
/// </summary>
internal static partial class RefusedFields
{
    private const int Shown = 3;

    /// <summary>The fields that a message names, as their names from the root of the object.</summary>
    /// <param name="message">What Helm printed.</param>
    public static IReadOnlyList<IReadOnlyList<string>> List(string message) =>
    [
        .. Unknown.Matches(message).Select(match => $"{match.Groups["above"].Value}.{match.Groups["field"].Value}")
            .Concat(Strict.Matches(message).Select(match => match.Groups["path"].Value))
            .Concat(Undeclared.Matches(message).Select(match => match.Groups["path"].Value))
            .Concat(Invalid.Matches(message).Select(match => match.Groups["path"].Value))
            .Select(Split)
            .Where(path => path.Count > 1),
    ];

    /// <summary>Names the values that set one of these fields; empty when there is none.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="values">What every value changes.</param>
    public static string Describe(IReadOnlyList<IReadOnlyList<string>> fields, ValuesFacts values)
    {
        var guilty = values.Values
            .Where(value => value.Changes.Any(
                change => fields.Any(field => IsAtOrBelow(Split(change[(change.IndexOf(": ", StringComparison.Ordinal) + 2)..]), field))))
            .OrderBy(value => value.ChangeCount)
            .Select(value => $"{value.Key} ({value.File}:{value.Line})")
            .Take(Shown)
            .ToList();
        return guilty.Count == 0
            ? string.Empty
            : $"In your values this is {string.Join(", ", guilty)}: Kubernetes has no such field there.";
    }

    private static bool IsAtOrBelow(List<string> path, IReadOnlyList<string> field) =>
        path.Count >= field.Count && path.Take(field.Count).SequenceEqual(field, StringComparer.Ordinal);

    // containers[0], containers[vault] and containers[name="vault"] are the same; limits[core] is a field of limits.
    private static List<string> Split(string path) =>
    [
        .. Part.Matches(path).Select(match => match.Groups["key"] is { Success: true } key ? key.Value : match.Value)
            .Where(part => part is not ("StatefulSet" or "Deployment" or "DaemonSet")),
    ];

    [GeneratedRegex(@"ValidationError\([A-Za-z]+\.(?<above>[^)\s]+)\): unknown field ""(?<field>[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown { get; }

    [GeneratedRegex(@"(?<!\): )unknown field ""(?<path>[^""]+\.[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Strict { get; }

    [GeneratedRegex(@"(?<![\w])\.(?<path>[A-Za-z][^\s:]+): field not declared in schema", RegexOptions.CultureInvariant)]
    private static partial Regex Undeclared { get; }

    [GeneratedRegex(@"(?<path>\b(?:spec|template)\.[A-Za-z][^\s:]*\[[A-Za-z][\w./-]*\]): Invalid value", RegexOptions.CultureInvariant)]
    private static partial Regex Invalid { get; }

    [GeneratedRegex(@"(?<=\b(limits|requests))\[(?<key>[^\]]+)\]|[A-Za-z][\w/-]*(?![^\[]*\])", RegexOptions.CultureInvariant)]
    private static partial Regex Part { get; }
}
