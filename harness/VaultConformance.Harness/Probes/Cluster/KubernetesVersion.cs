using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>Major and minor version of an API server.</summary>
/// <param name="Major">Major.</param>
/// <param name="Minor">Minor.</param>
internal sealed partial record KubernetesVersion(int Major, int Minor)
{
    /// <summary>From a text like <c>v1.34.1+k3s1</c>; 0.0 when it says nothing.</summary>
    public static KubernetesVersion Parse(string? text) => Pattern.Match(text ?? string.Empty) is { Success: true } match
        ? new KubernetesVersion(ToNumber(match.Groups[1]), ToNumber(match.Groups[2]))
        : new KubernetesVersion(0, 0);

    /// <summary>True from the given version on.</summary>
    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int ToNumber(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v?([0-9]+)\\.([0-9]+)")]
    private static partial Regex Pattern { get; }
}
