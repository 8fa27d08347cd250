using System.Globalization;
using Semver;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>Major and minor version of an API server.</summary>
/// <param name="Major">Major.</param>
/// <param name="Minor">Minor.</param>
internal sealed record KubernetesVersion(int Major, int Minor)
{
    /// <summary>From a text like <c>v1.34.1+k3s1</c>; 0.0 when it says nothing.</summary>
    /// <param name="text">What the API server says of itself; distributions add their own suffixes.</param>
    public static KubernetesVersion Parse(string? text) => SemVersion.TryParse(text ?? string.Empty, SemVersionStyles.Any, out var version)
        && version.Major <= int.MaxValue && version.Minor <= int.MaxValue
        ? new KubernetesVersion((int)version.Major, (int)version.Minor)
        : new KubernetesVersion(0, 0);

    /// <summary>True from the given version on.</summary>
    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
