namespace VaultConformance.Reporting.Profiles;

/// <summary>A folder of profiles, one file <c>NAME-VERSION.yaml</c> each.</summary>
/// <param name="folder">The folder.</param>
/// <param name="workingFolder">Folder that the relative path of a profile starts from.</param>
/// <param name="loader">Reads the files.</param>
public sealed class ProfileFolder(string folder, string workingFolder, ProfileLoader loader)
{
    /// <summary>References of all profiles in the folder, by name and version.</summary>
    public IReadOnlyList<string> References => [.. Stored().All.Select(profile => profile.Reference)];

    /// <summary>The file of a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a file.</param>
    /// <exception cref="ProfileException">There is no such profile.</exception>
    public string PathOf(string reference) =>
        StoredProfiles.IsPath(reference) ? Path.GetFullPath(reference, workingFolder) : Stored().Find(reference).Location;

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">As for <see cref="PathOf"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or it is not valid.</exception>
    public async Task<Profile> LoadAsync(string reference, CancellationToken cancellationToken)
    {
        if (StoredProfiles.IsPath(reference))
        {
            return await RefuseDisguiseAsync(reference, await loader.LoadAsync(PathOf(reference), cancellationToken), cancellationToken);
        }

        var stored = Stored().Find(reference);
        return StoredProfiles.Verified(await loader.LoadAsync(stored.Location, cancellationToken), stored);
    }

    // A verdict names the profile that it was reached by; a file must not bear the name of a built-in one and say something else.
    private async Task<Profile> RefuseDisguiseAsync(string reference, Profile profile, CancellationToken cancellationToken)
    {
        var builtIn = Stored().All.FirstOrDefault(stored => stored.Reference == profile.Reference);
        return builtIn is null
            || StoredProfiles.SaysTheSame(await File.ReadAllTextAsync(builtIn.Location, cancellationToken), await File.ReadAllTextAsync(PathOf(reference), cancellationToken))
            ? profile
            : throw ProfileException.Disguised(reference, profile.Reference);
    }

    private StoredProfiles Stored() => new(
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.yaml").Select(path => StoredProfile.Of(Path.GetFileNameWithoutExtension(path), path))
            : []);
}
