namespace VaultConformance.Reporting.Bundles;

/// <summary>How large a bundle may be. They hold for writing and for reading, so that nothing is written that cannot be read.</summary>
/// <param name="FileSize">Largest file, in bytes.</param>
/// <param name="Parts">Largest number of parts, the manifest included.</param>
/// <param name="PartSize">Largest part, in bytes after inflating.</param>
/// <param name="TotalSize">Largest sum of all parts, in bytes after inflating.</param>
public sealed record BundleLimits(long FileSize, int Parts, long PartSize, long TotalSize)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>A run with nine pods needs about a hundredth of each.</summary>
    public static BundleLimits Default { get; } = new(64 * Mebibyte, 4096, 32 * Mebibyte, 256 * Mebibyte);
}
