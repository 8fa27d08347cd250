using System.Text.Json;

namespace VaultConformance.Reporting.Json;

/// <summary>
/// Reads JSON in which every member is there once, nothing follows the value, nothing is nested without end and every number is one.
/// </summary>
internal static class StrictJson
{
    /// <summary>Deepest nesting.</summary>
    public const int MaximumDepth = 64;

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
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var (text, place) = end < 0
            ? (message, string.Empty)
            : (message[..end], $" ({message[(end + 1)..].Trim().TrimEnd('.').Replace(" | ", ", ", StringComparison.Ordinal)})");
        return text.Trim().TrimEnd('.') + place;
    }
}
