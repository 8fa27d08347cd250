using System.Globalization;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Reads settings of roles. Servers answer numbers of seconds; a server may keep a text as it was written.</summary>
internal static class RoleSettings
{
    private static readonly Dictionary<char, long> Units = new() { ['s'] = 1, ['m'] = 60, ['h'] = 3600, ['d'] = 86400 };

    /// <summary>A text; empty when it is not set.</summary>
    /// <param name="role">The role.</param>
    /// <param name="name">Name of the setting.</param>
    public static string ReadText(AuthRole role, string name) => role.Settings[name]?.ToString() ?? string.Empty;

    /// <summary>A switch; null when it is not set or not one.</summary>
    /// <param name="role">The role.</param>
    /// <param name="name">Name of the setting.</param>
    public static bool? ReadFlag(AuthRole role, string name) =>
        role.Settings[name] is { } node && bool.TryParse(node.ToString(), out var flag) ? flag : null;

    /// <summary>Seconds of the first of some settings that is not zero; zero when none is set, null when one is no time.</summary>
    /// <param name="role">The role.</param>
    /// <param name="names">Names, the newest first: older roles use other ones.</param>
    public static long? ReadSeconds(AuthRole role, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (TryParseSeconds(role.Settings[name]?.ToString()) is not 0 and var seconds)
            {
                return seconds;
            }
        }

        return 0;
    }

    /// <summary>The texts of a list, or of a text with commas; null when it is neither.</summary>
    /// <param name="node">What is set.</param>
    public static IReadOnlyList<string>? TryReadList(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(item => item?.ToString() ?? string.Empty)],
        JsonValue value => value.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => null,
    };

    /// <summary>Seconds of a time such as <c>900</c>, <c>15m</c> or <c>1h30m</c>; null when it is not one.</summary>
    /// <param name="text">The text; null and empty are zero.</param>
    internal static long? TryParseSeconds(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        var (total, digits) = (0L, string.Empty);
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character) && digits.Length < 12)
            {
                digits += character;
                continue;
            }

            if (digits.Length == 0 || !Units.TryGetValue(character, out var unit))
            {
                return null;
            }

            (total, digits) = (total + (long.Parse(digits, CultureInfo.InvariantCulture) * unit), string.Empty);
        }

        return digits.Length == 0 ? total : null;
    }
}
