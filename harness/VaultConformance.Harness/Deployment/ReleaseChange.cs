using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Deployment;

/// <summary>What a release is upgraded to.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="ValuesFiles">All values files, in order; those of the install are not reused.</param>
public sealed record ReleaseChange(Chart Chart, IReadOnlyList<string> ValuesFiles)
{
    /// <summary>Server image that replaces the values' one, as <c>repository:tag</c>; null to leave it.</summary>
    public string? VaultImage { get; init; }

    /// <summary>Patch files on the rendered objects, in order.</summary>
    public IReadOnlyList<string> Patches { get; init; } = [];

    /// <summary>The options of a deployment after this change.</summary>
    internal DeploymentOptions Apply(DeploymentOptions options) =>
        options with { Chart = Chart, ValuesFiles = ValuesFiles, VaultImage = VaultImage, Patches = Patches, Prepare = [] };
}
