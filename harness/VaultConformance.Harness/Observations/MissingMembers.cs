using System.Text.Json;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Observations;

/// <summary>Tells evidence that lacks a member, as another version would have written it, from evidence that is damaged.</summary>
internal static partial class MissingMembers
{
    /// <summary>Names of the members that are missing, as the serializer lists them; null when something else is wrong.</summary>
    /// <param name="exception">What the serializer said; it has no other way to tell.</param>
    public static string? FindIn(JsonException exception) =>
        Form.Match(exception.Message) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"missing required properties including: ('[^']+'(, '[^']+')*)", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
