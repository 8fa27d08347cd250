namespace VaultConformance.Reporting.Bundles;

/// <summary>A bundle that was read and found sound: all parts in memory, every size and hash checked.</summary>
public sealed class Bundle
{
    private readonly Dictionary<string, BundlePart> _parts;

    internal Bundle(string name, string sha256, BundleManifest manifest, IReadOnlyList<BundlePart> parts)
    {
        Name = name;
        Sha256 = sha256;
        Manifest = manifest;
        Parts = parts;
        _parts = parts.ToDictionary(part => part.Path, StringComparer.Ordinal);
    }

    /// <summary>The file, as the user named it.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the whole file, 64 hexadecimal digits in lower case.</summary>
    public string Sha256 { get; }

    /// <summary>What it says about itself.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>All parts but the manifest, by path.</summary>
    public IReadOnlyList<BundlePart> Parts { get; }

    /// <summary>The content of a part, or null.</summary>
    /// <param name="path">Path in the bundle.</param>
    public ReadOnlyMemory<byte>? Find(string path) => _parts.TryGetValue(path, out var part) ? part.Content : (ReadOnlyMemory<byte>?)null;

    /// <summary>The content of a part.</summary>
    /// <param name="path">Path in the bundle.</param>
    /// <exception cref="BundleException">There is no such part.</exception>
    public ReadOnlyMemory<byte> Require(string path) => Find(path) ?? throw BundleException.Refused(Name, $"there is no part '{path}'");
}
