namespace VaultConformance.Reporting.Profiles;

/// <summary>The text of a profile, and where it comes from.</summary>
/// <param name="Place">Path of the file, or the reference of a built-in profile; for messages.</param>
/// <param name="Text">The YAML text.</param>
internal sealed record ProfileText(string Place, string Text)
{
    /// <summary>Name and version that a built-in profile is stored by; null for a file.</summary>
    public string? Reference { get; init; }

    /// <summary>Full path of the file; null for a text that lies in no file.</summary>
    public string? File { get; init; }

    /// <summary>What people call it.</summary>
    public string Name => Reference ?? Path.GetFileName(Place);

    /// <summary>True when both are the same profile.</summary>
    /// <param name="other">The other one.</param>
    public bool IsSame(ProfileText other) => Reference == other.Reference && File == other.File;
}
