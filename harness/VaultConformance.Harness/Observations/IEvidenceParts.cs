namespace VaultConformance.Harness.Observations;

/// <summary>Recorded evidence as named parts: a folder, or whatever else holds the same parts.</summary>
public interface IEvidenceParts
{
    /// <summary>What the evidence is called in messages.</summary>
    string Name { get; }

    /// <summary>Where a part is, for messages.</summary>
    /// <param name="part">Name of the part, with slashes, for example <c>observations/pod/vault-0/mounts.json</c>.</param>
    string Locate(string part);

    /// <summary>Opens a part; null when it was not recorded.</summary>
    /// <param name="part">Name of the part.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    Stream? Open(string part);
}

/// <summary>Evidence in a folder.</summary>
/// <param name="folder">The evidence folder.</param>
public sealed class EvidenceFolder(string folder) : IEvidenceParts
{
    /// <inheritdoc />
    public string Name => Path.GetFileName(folder);

    /// <inheritdoc />
    public string Locate(string part) => Path.Combine([folder, .. part.Split('/')]);

    /// <inheritdoc />
    public Stream? Open(string part) => Locate(part) is var path && File.Exists(path) ? File.OpenRead(path) : null;
}
