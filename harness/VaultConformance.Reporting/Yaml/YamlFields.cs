using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Yaml;

/// <summary>Takes the fields of a mapping one by one and reports those that are missing, of the wrong type, or unknown.</summary>
/// <param name="map">The mapping.</param>
/// <param name="problems">Receives the problems.</param>
/// <param name="known">All fields that the mapping may have.</param>
internal sealed class YamlFields(YamlMap map, ProblemList problems, IReadOnlyList<string> known)
{
    /// <summary>Reports every field that is not known, with the nearest known one.</summary>
    public void RefuseUnknown()
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            problems.Add(
                entry.Line, $"unknown field '{entry.Key}'{Nearest.WriteHint(entry.Key, known)}; known fields: {string.Join(", ", known)}");
        }
    }

    /// <summary>A text that must be there and not be empty; an empty text when it is not.</summary>
    /// <param name="name">Field.</param>
    public string ReadRequiredText(string name)
    {
        if (Find(name) is null)
        {
            problems.Add(map.Line, $"field '{name}' is missing");
        }

        return ReadOptionalText(name) ?? string.Empty;
    }

    /// <summary>A text that may be there, but not be empty; null when it is not.</summary>
    /// <param name="name">Field.</param>
    public string? ReadOptionalText(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { Value: YamlText { Text: var text } } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            case var entry:
                problems.Add(entry.Value.Line, $"'{name}' must be a text that is not empty");
                return null;
        }
    }

    /// <summary>A mapping; null when it is not there or is something else.</summary>
    /// <param name="name">Field.</param>
    public YamlMap? Map(string name)
    {
        var entry = Find(name);
        if (entry is { Value: not YamlMap })
        {
            problems.Add(entry.Value.Line, $"'{name}' must be a mapping");
        }

        return entry?.Value as YamlMap;
    }

    /// <summary>A list that must be there; null when it is not there or is something else.</summary>
    /// <param name="name">Field.</param>
    public YamlList? ReadRequiredList(string name)
    {
        var entry = Find(name);
        if (entry?.Value is not YamlList)
        {
            problems.Add(entry?.Value.Line ?? map.Line, entry is null ? $"field '{name}' is missing" : $"'{name}' must be a list");
        }

        return entry?.Value as YamlList;
    }

    /// <summary>Line of a field's value; the line of the mapping when the field is not there.</summary>
    /// <param name="name">Field.</param>
    public int FindLine(string name) => Find(name)?.Value.Line ?? map.Line;

    private YamlEntry? Find(string name) => map.Entries.FirstOrDefault(entry => entry.Key == name);
}
