using System.Text.RegularExpressions;
using Semver;

namespace VaultConformance.Judging.Subjects;

/// <summary>Versions as Vault reports them, for example <c>1.20.4+ent</c> or <c>2.1.0-rc1</c>.</summary>
/// <remarks>
/// What follows the numbers names a build, and builds add to it as they like: only the numbers count, and <c>2.1.0-rc1</c> is 2.1.0.
/// </remarks>
internal static partial class VaultVersion
{
    /// <summary>The numbers; null when the text is not a version.</summary>
    /// <param name="text">The text.</param>
    public static SemVersion? TryParse(string text) =>
        Form.Match(text) is { Success: true } match
            && SemVersion.TryParse(match.Groups[1].Value, SemVersionStyles.AllowLeadingZeros, out var version) ? version : null;

    /// <summary>True unless the version is known to be older; an unreadable version gets no relief.</summary>
    /// <param name="text">The text.</param>
    /// <param name="floor">The floor.</param>
    public static bool IsAtLeast(string text, SemVersion floor) =>
        TryParse(text) is not { } version || version.ComparePrecedenceTo(floor) >= 0;

    [GeneratedRegex(@"^v?(\d+\.\d+\.\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
