using System.Runtime.InteropServices;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Runs.Records;

/// <summary>A bundle as evidence.</summary>
/// <param name="bundle">The bundle.</param>
internal sealed class BundleEvidence(Bundle bundle) : IEvidenceParts
{
    /// <inheritdoc />
    public string Name => Path.GetFileName(bundle.Name);

    /// <inheritdoc />
    public string Locate(string part) => $"{bundle.Name}:{part}";

    /// <inheritdoc />
    public Stream? Open(string part) => bundle.Find(part) is { } content && MemoryMarshal.TryGetArray(content, out var bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : null;
}
