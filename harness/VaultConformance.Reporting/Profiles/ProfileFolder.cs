using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Profiles;

/// <summary>A folder of profiles, one file <c>NAME-VERSION.yaml</c> each.</summary>
/// <param name="folder">The folder.</param>
/// <param name="workingFolder">Folder that the relative path of a profile starts from.</param>
/// <param name="loader">Reads the files.</param>
public sealed class ProfileFolder(string folder, string workingFolder, ProfileLoader loader)
{
    /// <summary>The file of a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a file.</param>
    /// <exception cref="ProfileException">There is no such profile.</exception>
    public string PathOf(string reference) => IsPath(reference) ? Path.GetFullPath(reference, workingFolder) : Find(reference).Path;

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">As for <see cref="PathOf"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or it is not valid.</exception>
    public async Task<Profile> LoadAsync(string reference, CancellationToken cancellationToken)
    {
        var profile = await loader.LoadAsync(PathOf(reference), cancellationToken);
        return IsPath(reference) || profile.Reference == Find(reference).Reference
            ? profile
            : throw ProfileException.Unknown(
                $"Profile '{PathOf(reference)}' calls itself {profile.Reference}; its file name says {Find(reference).Reference}. Rename one of them.");
    }

    /// <summary>References of all profiles in the folder, by name and version.</summary>
    public IReadOnlyList<string> References => [.. Stored().Select(profile => profile.Reference)];

    private static bool IsPath(string reference) =>
        reference.Contains('/', StringComparison.Ordinal)
        || reference.Contains('\\', StringComparison.Ordinal)
        || reference.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || reference.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private StoredProfile Find(string reference)
    {
        var stored = Stored();
        var found = stored.LastOrDefault(profile => profile.Reference == reference || profile.Name == reference);
        return found ?? throw ProfileException.Unknown(
            $"There is no profile '{reference}'{Nearest.Hint(reference, stored.SelectMany(profile => new[] { profile.Name, profile.Reference }))}. "
            + $"Known profiles: {(stored.Count == 0 ? "none" : string.Join(", ", stored.Select(profile => profile.Reference)))}. "
            + "Give one of them, or the path of a profile file.");
    }

    private List<StoredProfile> Stored() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.yaml").Select(StoredProfile.Of).OfType<StoredProfile>()
            .OrderBy(profile => profile.Name, StringComparer.Ordinal).ThenBy(profile => profile.Version)]
        : [];

    private sealed record StoredProfile(string Path, string Name, Version Version, string Reference)
    {
        public static StoredProfile? Of(string path)
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(path);
            var dash = name.LastIndexOf('-');
            return dash > 0 && System.Version.TryParse(name[(dash + 1)..], out var version)
                ? new StoredProfile(path, name[..dash], version, $"{name[..dash]}@{name[(dash + 1)..]}")
                : null;
        }
    }
}
