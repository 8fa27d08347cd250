using System.Text.Json;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>Reads the arguments that K3s notes on its nodes.</summary>
internal static class K3sArguments
{
    public const string Annotation = "k3s.io/node-args";

    /// <summary>True when <c>--argument</c> is there, or <c>--argument=a,item</c>, or <c>--argument item</c>.</summary>
    /// <param name="annotation">JSON array of strings.</param>
    /// <param name="argument">With its dashes.</param>
    /// <param name="item">An item of its value; null when the argument itself counts.</param>
    public static bool Hold(string? annotation, string argument, string? item)
    {
        var arguments = Parse(annotation);
        for (var at = 0; at < arguments.Length; at++)
        {
            var (name, value) = arguments[at].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[at], null);
            if (name != argument)
            {
                continue;
            }

            value ??= at + 1 < arguments.Length && !arguments[at + 1].StartsWith('-') ? arguments[at + 1] : string.Empty;
            if (item is null ? value != "false" : value.Split(',').Contains(item))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Parse(string? annotation)
    {
        try
        {
            return annotation is null ? [] : JsonSerializer.Deserialize<string[]>(annotation) ?? [];
        }
        catch (JsonException)
        {
            // Not K3s' own note; it says nothing.
            return [];
        }
    }
}
