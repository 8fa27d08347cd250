using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile that is kept under the name <c>NAME-VERSION.yaml</c>; versions stay side by side.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version; compared as numbers.</param>
/// <param name="Reference">Name and version, for example <c>baseline@1.0</c>.</param>
/// <param name="Location">Where its text is.</param>
public sealed record StoredProfile(string Name, Version Version, string Reference, string Location)
{
    /// <summary>A profile by its file name; null when the name has another form.</summary>
    /// <param name="fileName">File name without folder and ending.</param>
    /// <param name="location">Where its text is.</param>
    public static StoredProfile? Of(string fileName, string location)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var dash = fileName.LastIndexOf('-');
        return dash > 0 && Version.TryParse(fileName[(dash + 1)..], out var version)
            ? new StoredProfile(fileName[..dash], version, $"{fileName[..dash]}@{fileName[(dash + 1)..]}", location)
            : null;
    }
}

/// <summary>Finds profiles by reference, wherever their texts are kept.</summary>
public sealed class StoredProfiles
{
    /// <summary>Creates the collection.</summary>
    /// <param name="profiles">The profiles in any order; those that are none are left out.</param>
    public StoredProfiles(IEnumerable<StoredProfile?> profiles)
    {
        All = [.. profiles.OfType<StoredProfile>().OrderBy(profile => profile.Name, StringComparer.Ordinal).ThenBy(profile => profile.Version)];
    }

    /// <summary>All of them, by name and version.</summary>
    public IReadOnlyList<StoredProfile> All { get; }

    /// <summary>True when a reference is the path of a file and no name.</summary>
    /// <param name="reference">The reference.</param>
    public static bool IsPath(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Contains('/', StringComparison.Ordinal)
            || reference.Contains('\\', StringComparison.Ordinal)
            || reference.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || reference.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when two texts are the same profile, whatever their line endings.</summary>
    /// <param name="text">A text.</param>
    /// <param name="other">Another one.</param>
    public static bool SaysTheSame(string text, string other)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        return text.ReplaceLineEndings("\n").Trim() == other.ReplaceLineEndings("\n").Trim();
    }

    /// <summary>Finds a profile.</summary>
    /// <param name="reference">A name (its highest version) or <c>name@version</c>.</param>
    /// <exception cref="ProfileException">There is no such profile.</exception>
    public StoredProfile Find(string reference) =>
        All.LastOrDefault(profile => profile.Reference == reference || profile.Name == reference)
        ?? throw ProfileException.Unknown(
            $"There is no profile '{reference}'{Nearest.Hint(reference, All.SelectMany(profile => new[] { profile.Name, profile.Reference }))}. "
            + $"Known profiles: {(All.Count == 0 ? "none" : string.Join(", ", All.Select(profile => profile.Reference)))}. "
            + "Give one of them, or the path of a profile file.");

    /// <summary>Refuses a profile that calls itself otherwise than its file name does.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="stored">Where it was found.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ProfileException">They differ.</exception>
    public static Profile Verified(Profile profile, StoredProfile stored)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(stored);
        return profile.Reference == stored.Reference
            ? profile
            : throw ProfileException.Unknown(
                $"Profile '{stored.Location}' calls itself {profile.Reference}; its file name says {stored.Reference}. Rename one of them.");
    }
}
