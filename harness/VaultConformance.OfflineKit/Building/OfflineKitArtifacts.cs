using System.Globalization;

namespace VaultConformance.OfflineKit.Building;

/// <summary>What a cluster needs that can reach no container registry.</summary>
/// <param name="NodeImage">Image for Testcontainers.K3s, in the engine's store; empty when none was asked for.</param>
/// <param name="VaultImage">Name and tag of the stand-in's image; empty when none was asked for.</param>
/// <param name="VaultImageArchive">Its archive, for <c>/var/lib/rancher/k3s/agent/images/</c>; empty when none was asked for.</param>
/// <param name="HelmPath">Helm.</param>
/// <param name="KubectlPath">kubectl.</param>
/// <param name="Steps">How long each step took.</param>
internal sealed record OfflineKitArtifacts(
    string NodeImage, string VaultImage, string VaultImageArchive, string HelmPath, string KubectlPath, IReadOnlyList<KitStepTiming> Steps);

/// <summary>How long one step of the kit took.</summary>
/// <param name="Name">The step.</param>
/// <param name="Took">Its time.</param>
/// <param name="FromCache">True when nothing had to be built.</param>
internal sealed record KitStepTiming(string Name, TimeSpan Took, bool FromCache)
{
    /// <inheritdoc />
    public override string ToString() =>
        FromCache ? "cached" : string.Create(CultureInfo.InvariantCulture, $"built in {Took.TotalSeconds:0.0} s");
}
