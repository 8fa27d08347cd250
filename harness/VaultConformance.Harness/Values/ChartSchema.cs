using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Values;

/// <summary>The schema of a chart's values, as far as it names keys.</summary>
internal static class ChartSchema
{
    /// <summary>Reads a schema; null when it is not JSON.</summary>
    /// <param name="text">The text.</param>
    public static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True when a schema names a key, or leaves what is below a named one to the user.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">The keys from the root.</param>
    public static bool Has(JsonNode? schema, IEnumerable<string> path)
    {
        var any = false;
        foreach (var key in path)
        {
            if (schema?["properties"] is not JsonObject properties)
            {
                return any;
            }

            if (!properties.TryGetPropertyValue(key, out schema))
            {
                return false;
            }

            any = true;
        }

        return any;
    }
}
