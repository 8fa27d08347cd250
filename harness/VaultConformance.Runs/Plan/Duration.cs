using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultConformance.Runs.Plan;

/// <summary>Durations as people write them: <c>90s</c>, <c>15m</c>, <c>1h30m</c>.</summary>
internal static partial class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads a duration between one second and a day.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var match = Form.Match(text);
        duration = match.Success
            ? TimeSpan.FromSeconds((ParseNumber(match, 1) * 3600) + (ParseNumber(match, 2) * 60) + ParseNumber(match, 3))
            : TimeSpan.Zero;
        return duration > TimeSpan.Zero && duration <= Longest;
    }

    /// <summary>Writes a duration in the same way.</summary>
    /// <param name="duration">The duration, in whole seconds.</param>
    public static string Format(TimeSpan duration)
    {
        var parts = new[] { ((int)duration.TotalHours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s") };
        return string.Concat(
            parts.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}")));
    }

    private static int ParseNumber(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
