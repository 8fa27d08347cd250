namespace VaultConformance.Reporting.Bundles;

/// <summary>What a bundle says about itself: <c>bundle.json</c>, described by <c>docs/schemas/bundle-1.json</c>.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Tool">Name and version of the program that wrote it.</param>
/// <param name="Created">End of the run (UTC), so that the same run gives the same bytes.</param>
/// <param name="Parts">All other parts, by path.</param>
public sealed record BundleManifest(string RunId, string Tool, DateTimeOffset Created, IReadOnlyList<BundleEntry> Parts);

/// <summary>One part as the manifest lists it.</summary>
/// <param name="Path">Path in the bundle, for example <c>results/results.json</c>.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits in lower case.</param>
/// <param name="Size">Size of its content in bytes.</param>
/// <param name="MediaType">What it is, see <see cref="BundleMediaTypes"/>.</param>
public sealed record BundleEntry(string Path, string Sha256, long Size, string MediaType);

/// <summary>One part with its content.</summary>
/// <param name="Path">Path in the bundle.</param>
/// <param name="Content">Its bytes, as they are stored.</param>
public sealed record BundlePart(string Path, ReadOnlyMemory<byte> Content);
