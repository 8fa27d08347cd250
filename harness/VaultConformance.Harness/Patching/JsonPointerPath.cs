using System.Globalization;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>A JSON pointer (RFC 6901) and what JSON patch does at the place it names.</summary>
/// <param name="text">As written.</param>
/// <param name="steps">Unescaped reference tokens.</param>
internal sealed class JsonPointerPath(string text, IReadOnlyList<string> steps)
{
    private const string BehindLast = "-";

    internal static JsonPointerPath Parse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointerPath(text, []);
        }

        return text[0] == '/'
            ? new JsonPointerPath(
                text,
                [.. text[1..].Split('/')
                    .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))])
            : throw new JsonPatchProblem($"the path '{text}' does not start with '/'");
    }

    internal bool IsInside(JsonPointerPath other) => text.StartsWith(other.Text + "/", StringComparison.Ordinal);

    private string Text => text;

    internal JsonNode? Find(JsonNode? root)
    {
        var node = root;
        foreach (var step in steps)
        {
            node = FindChild(node, step);
        }

        return node;
    }

    internal JsonNode? Add(JsonNode? root, JsonNode? value)
    {
        if (steps.Count == 0)
        {
            return value;
        }

        switch (FindParent(root))
        {
            case JsonObject mapping:
                mapping[steps[^1]] = value;
                break;
            case JsonArray sequence:
                sequence.Insert(steps[^1] == BehindLast ? sequence.Count : Index(steps[^1], sequence.Count + 1), value);
                break;
            default:
                throw CreateNoSuchPlace();
        }

        return root;
    }

    internal JsonNode? Remove(JsonNode? root)
    {
        if (steps.Count == 0)
        {
            return null;
        }

        switch (FindParent(root))
        {
            case JsonObject mapping when mapping.ContainsKey(steps[^1]):
                mapping.Remove(steps[^1]);
                break;
            case JsonArray sequence:
                sequence.RemoveAt(Index(steps[^1], sequence.Count));
                break;
            default:
                throw CreateNoSuchPlace();
        }

        return root;
    }

    internal JsonNode? Replace(JsonNode? root, JsonNode? value)
    {
        if (steps.Count == 0)
        {
            return value;
        }

        switch (FindParent(root))
        {
            case JsonObject mapping when mapping.ContainsKey(steps[^1]):
                mapping[steps[^1]] = value;
                break;
            case JsonArray sequence:
                sequence[Index(steps[^1], sequence.Count)] = value;
                break;
            default:
                throw CreateNoSuchPlace();
        }

        return root;
    }

    private JsonNode? FindParent(JsonNode? root) => steps.SkipLast(1).Aggregate(root, FindChild);

    private JsonNode? FindChild(JsonNode? node, string step) => node switch
    {
        JsonObject mapping when mapping.ContainsKey(step) => mapping[step],
        JsonArray sequence => sequence[Index(step, sequence.Count)],
        _ => throw CreateNoSuchPlace(),
    };

    private int Index(string step, int limit) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < limit
            && (step.Length == 1 || step[0] != '0')
            ? index
            : throw CreateNoSuchPlace();

    private JsonPatchProblem CreateNoSuchPlace() => new($"there is nothing at '{text}'");
}
