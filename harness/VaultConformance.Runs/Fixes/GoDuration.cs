using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultConformance.Runs.Fixes;

/// <summary>Times as Go and Vault read them.</summary>
internal static partial class GoDuration
{
    /// <summary>True when a time is no longer than another one. None, and what cannot be read, is longer than any.</summary>
    /// <param name="text">An HCL value, for example <c>"10m"</c> or <c>3600</c>.</param>
    /// <param name="limit">The other one.</param>
    public static bool IsAtMost(string text, string limit) =>
        ReadSeconds(text) is { } seconds and > 0 && ReadSeconds(limit) is { } most && seconds <= most;

    private static double? ReadSeconds(string text)
    {
        var bare = text.Trim('"', ' ');
        if (long.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds;
        }

        return Whole.IsMatch(bare)
            ? Part.Matches(bare)
                .Sum(part => double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * GetUnit(part.Groups["unit"].Value))
            : null;
    }

    private static double GetUnit(string unit) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => 86400,
    };

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|s|m|h|d))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole { get; }

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>ms|s|m|h|d)", RegexOptions.CultureInvariant)]
    private static partial Regex Part { get; }
}
