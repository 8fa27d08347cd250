using System.Globalization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>How long and how far waivers may reach.</summary>
internal static class WaiverTerm
{
    /// <summary>Most days that a waiver may still hold without being called too broad.</summary>
    public const int LongestDays = 400;

    /// <summary>Days before its last one from which on a waiver is said to expire soon.</summary>
    public const int SoonDays = 30;

    /// <summary>Days that a waiver still holds: 0 on its last day, negative when it has expired. A day ends at midnight UTC.</summary>
    /// <param name="waiver">The waiver.</param>
    /// <param name="at">When it is judged.</param>
    public static int CountDaysLeft(Waiver waiver, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(waiver);
        return waiver.Expires.DayNumber - DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
    }

    /// <summary>Its last day, for example <c>2027-03-31</c>.</summary>
    /// <param name="waiver">The waiver.</param>
    public static string FormatLastDay(Waiver waiver)
    {
        ArgumentNullException.ThrowIfNull(waiver);
        return waiver.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Why a waiver accepts more than it should; empty when it does not.</summary>
    /// <param name="waiver">The waiver.</param>
    /// <param name="at">When it is judged.</param>
    public static IReadOnlyList<string> ExplainTooBroad(Waiver waiver, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(waiver);
        string?[] reasons =
        [
            waiver.Scope.Chart is null ? "it names no range of chart versions" : null,
            waiver.Scope.Chart is not null && ChartRange.TryParse(waiver.Scope.Chart)?.IsBounded != true
                ? $"its range of chart versions ({waiver.Scope.Chart}) has no end"
                : null,
            CountDaysLeft(waiver, at) > LongestDays
                ? $"it holds for {CountDaysLeft(waiver, at)} more days, which is more than {LongestDays}"
                : null,
        ];
        return [.. reasons.OfType<string>()];
    }
}
