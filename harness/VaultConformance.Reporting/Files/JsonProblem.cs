using System.Text.Json;
using System.Text.RegularExpressions;

namespace VaultConformance.Files;

/// <summary>Says what is wrong with a JSON file. The serialiser speaks of types of this program, which no reader has heard of.</summary>
internal static partial class JsonProblem
{
    /// <summary>One or two sentences for people; the message itself for anything but JSON.</summary>
    /// <param name="exception">What reading the file ended with.</param>
    public static string Explain(Exception exception) => exception is JsonException json ? Explain(json) : exception.Message;

    /// <summary>Names of the members that are missing, as the serialiser lists them; null when something else is wrong.</summary>
    /// <param name="exception">What the serialiser said; it has no other way to tell.</param>
    public static string? FindMissing(JsonException exception) =>
        Missing.Match(exception.Message) is { Success: true } match ? match.Groups["names"].Value : null;

    private static string Explain(JsonException exception)
    {
        var line = exception.LineNumber is { } number ? $"line {number + 1}: " : string.Empty;
        var member = exception.Path?.TrimStart('$', '.') is { Length: > 0 } path ? $"'{path}'" : "the whole";
        return (FindMissing(exception), OfType.IsMatch(exception.Message)) switch
        {
            ({ } names, _) => $"{line}it lacks {names}.",
            _ when Unmapped.Match(exception.Message) is { Success: true } unmapped =>
                $"{line}it has an unknown member {unmapped.Groups["name"].Value}.",
            (_, true) when NullValue.IsMatch(exception.Message) => $"{line}{member} must not be null.",
            (_, true) => $"{line}{member} has a value of the wrong kind.",
            _ => Place.Replace(exception.Message, string.Empty),
        };
    }

    [GeneratedRegex("missing required properties including: (?<names>'[^']+'(, '[^']+')*)", RegexOptions.CultureInvariant)]
    private static partial Regex Missing { get; }

    [GeneratedRegex("^The JSON property (?<name>'[^']*') could not be mapped", RegexOptions.CultureInvariant)]
    private static partial Regex Unmapped { get; }

    [GeneratedRegex("could not be converted|on type '|allow null values", RegexOptions.CultureInvariant)]
    private static partial Regex OfType { get; }

    [GeneratedRegex("allow null values", RegexOptions.CultureInvariant)]
    private static partial Regex NullValue { get; }

    [GeneratedRegex(@" (Path: |LineNumber: ).*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Place { get; }
}
