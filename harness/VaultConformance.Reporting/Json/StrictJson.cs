using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Json;

/// <summary>
/// Reads JSON in which every member is there once, nothing follows the value, nothing is nested without end and every number is one.
/// </summary>
internal static partial class StrictJson
{
    /// <summary>Deepest nesting.</summary>
    public const int MaximumDepth = 64;

    private const string Unfinished = "Expected depth to be zero";

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth =
            MaximumDepth, AllowDuplicateProperties = false, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8 without a byte order mark.</param>
    /// <exception cref="JsonException">It is refused; the message says why, as a sentence without a full stop.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            throw new JsonException(ToSentence(exception.Message), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("it holds text that is not Unicode", exception);
        }
    }

    private static string ToSentence(string message)
    {
        var found = Place.Match(message);
        var (text, place) = found.Success
            ? (message[..found.Index], string.Create(
                CultureInfo.InvariantCulture, $" (line {ToNumber(found, "line") + 1}, byte {ToNumber(found, "byte")})"))
            : (message, string.Empty);
        // The platform says what its reader expected; people want to know that the rest is missing.
        return (text.StartsWith(Unfinished, StringComparison.Ordinal) ? "it ends before it is complete" : text.Trim().TrimEnd('.')) + place;
    }

    private static long ToNumber(Match found, string group) => long.Parse(found.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@" LineNumber: (?<line>\d+) \| BytePositionInLine: (?<byte>\d+)\.?", RegexOptions.CultureInvariant)]
    private static partial Regex Place { get; }
}
