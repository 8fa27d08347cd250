using System.Text.Json;

namespace VaultConformance.Reporting.Results;

/// <summary>Takes the members of a JSON object one by one and reports those that are missing or of the wrong kind.</summary>
/// <param name="element">The object.</param>
/// <param name="where">Where it is, for messages.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ResultFields(JsonElement element, string where, List<string> problems)
{
    /// <summary>Where the object is.</summary>
    public string Where => where;

    /// <summary>Receives the problems.</summary>
    public List<string> Problems => problems;

    /// <summary>A text that must be there; an empty one when it is not.</summary>
    public string ReadText(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : NoteWrong(name, "a text", string.Empty);

    /// <summary>A whole number from 1 that must be there; 0 when it is not.</summary>
    public int ReadNumber(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number > 0
            ? number
            : NoteWrong(name, "a whole number from 1", 0);

    /// <summary>One of the names of an enumeration; its default when it is none of them.</summary>
    public T ReadWord<T>(string name)
        where T : struct, Enum =>
        Find(name) is { ValueKind: JsonValueKind.String } value && Enum.GetNames<T>().Contains(value.GetString())
            ? Enum.Parse<T>(value.GetString()!)
            : NoteWrong<T>(name, $"one of {string.Join(", ", Enum.GetNames<T>())}", default);

    /// <summary>True or false; false when it is not there, as in the first layout.</summary>
    public bool ReadOptionalFlag(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => NoteWrong(name, "true or false", false),
    };

    /// <summary>Objects in a list that must be there.</summary>
    public IReadOnlyList<ResultFields> List(string name) =>
        FindItems(name) is { } items ? [.. items] : NoteWrong<IReadOnlyList<ResultFields>>(name, "a list", []);

    /// <summary>Objects in a list; none when it is not there, as in the first layout.</summary>
    public IReadOnlyList<ResultFields> ReadOptionalList(string name) => Find(name) is null ? [] : List(name);

    /// <summary>Texts in a list that must be there.</summary>
    public IReadOnlyList<string> ReadTexts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : NoteWrong<IReadOnlyList<string>>(name, "a list of texts", []);

    /// <summary>Texts in a list; none when it is not there, as in an earlier layout.</summary>
    public IReadOnlyList<string> ReadOptionalTexts(string name) => Find(name) is null ? [] : ReadTexts(name);

    /// <summary>A member as it is; null when it is not there.</summary>
    public JsonElement? FindOptionalPart(string name) => Find(name);

    private IEnumerable<ResultFields>? FindItems(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value
        ? value.EnumerateArray().Select((item, index) => new ResultFields(item, $"{name}[{index}]", problems))
        : null;

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private T NoteWrong<T>(string name, string kind, T instead)
    {
        problems.Add($"{where}: '{name}' must be {kind}");
        return instead;
    }
}
