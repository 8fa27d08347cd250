using System.Text.Json;

namespace VaultConformance.Runs.Records;

/// <summary>A place in observations of one kind, for example <c>processes: processes[].limits.coreFileSize</c>.</summary>
/// <param name="Kind">Kind of observation.</param>
/// <param name="Steps">Names of members; one that ends in <c>[]</c> stands for each element of a list.</param>
internal sealed record EvidenceMember(string Kind, IReadOnlyList<string> Steps)
{
    private const string Each = "[]";

    // Members by which findings name an element, and readers find it.
    private static readonly string[] Names =
        ["mountPoint", "directory", "path", "name", "pid", "port", "offered", "family", "pod", "container", "address", "key"];

    private bool InList => Steps.Any(step => step.EndsWith(Each, StringComparison.Ordinal));

    /// <summary>Reads one.</summary>
    /// <param name="text">As it stands at the control.</param>
    /// <exception cref="FormatException">It has another form.</exception>
    public static EvidenceMember Parse(string text) => text.Split(": ") is [var kind, { Length: > 0 } place]
        ? new EvidenceMember(kind, place.Split('.'))
        : throw new FormatException($"'{text}' does not name a member of the evidence, for example 'memory: memoryLimitBytes'.");

    /// <summary>True when a part of the evidence holds observations of this kind.</summary>
    /// <param name="part">Name of the part.</param>
    public bool IsIn(string part) => part.EndsWith($"/{Kind}.json", StringComparison.Ordinal);

    /// <summary>What is there: of a list the elements that the findings name, or all where they name none.</summary>
    /// <param name="value">Value of the observation.</param>
    /// <param name="findings">The findings.</param>
    public IEnumerable<(string Place, string Json)> ListIn(JsonElement value, FindingWords findings) =>
        Walk(value, 0, string.Empty, findings);

    private IEnumerable<(string Place, string Json)> Walk(JsonElement value, int step, string place, FindingWords findings)
    {
        if (step == Steps.Count)
        {
            // That nothing was found in one element of many says nothing about the others.
            return InList && IsEmptyList(value) ? [] : [(place, ExcerptJson.Write(value))];
        }

        var each = Steps[step].EndsWith(Each, StringComparison.Ordinal);
        var name = each ? Steps[step][..^Each.Length] : Steps[step];
        var next = place.Length == 0 ? name : $"{place}.{name}";
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var member))
        {
            return [(next, "(not there)")];
        }

        return !each || member.ValueKind != JsonValueKind.Array
            ? Walk(member, step + 1, next, findings)
            : SelectNamed(member, findings).SelectMany(element => Walk(element.Value, step + 1, $"{next}[{element.Name}]", findings));
    }

    private static List<(string Name, JsonElement Value)> SelectNamed(JsonElement list, FindingWords findings)
    {
        var elements = list.EnumerateArray().Select((element, place) => (Name: FindName(element), Value: element, Place: place)).ToList();
        var named = elements.Where(element => element.Name is { } name && findings.Name(name)).ToList();
        return [.. (named.Count > 0 ? named : elements).Select(element => (element.Name ?? $"{element.Place}", element.Value))];
    }

    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    private static string? FindName(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var holder = element.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? metadata
            : element;
        return Names.Select(name => holder.TryGetProperty(name, out var member) ? member : default)
            .Where(member => member.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(ExcerptJson.Write)
            .Select(text => text.Trim('"'))
            .FirstOrDefault(text => text.Length > 0);
    }
}
