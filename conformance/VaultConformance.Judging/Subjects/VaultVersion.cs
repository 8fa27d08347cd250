using System.Text.RegularExpressions;

namespace VaultConformance.Judging.Subjects;

/// <summary>Versions as Vault reports them, for example <c>1.20.4+ent</c> or <c>2.1.0-rc1</c>.</summary>
internal static partial class VaultVersion
{
    /// <summary>The numbers; null when the text is no version.</summary>
    /// <param name="text">The text.</param>
    public static Version? TryParse(string text) =>
        Form().Match(text) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) ? version : null;

    /// <summary>True unless the version is known to be older; an unreadable version gets no relief.</summary>
    /// <param name="text">The text.</param>
    /// <param name="floor">The floor.</param>
    public static bool IsAtLeast(string text, Version floor) => TryParse(text) is not { } version || version >= floor;

    [GeneratedRegex(@"^v?(\d+\.\d+\.\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
