using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Suite;

/// <summary>The profiles that come with the suite. They are inside the assembly, so that nothing has to be found on disk.</summary>
public static class BuiltInProfiles
{
    private const string Prefix = "Profiles/";

    /// <summary>References of all of them, for example <c>baseline@1.0</c>, by name and version.</summary>
    public static IReadOnlyList<string> References => [.. Stored().All.Select(profile => profile.Reference)];

    /// <summary>A built-in profile by name and version; null when there is none.</summary>
    /// <param name="reference">For example <c>baseline@1.0</c>.</param>
    public static Profile? Find(string reference)
    {
        if (Stored().All.FirstOrDefault(stored => stored.Reference == reference) is not { } found)
        {
            return null;
        }

        using var reader = new StreamReader(typeof(BuiltInProfiles).Assembly.GetManifestResourceStream(found.Location)!);
        return new ProfileLoader(ControlCatalogue.BuiltIn.Controls).Parse(found.Reference, reader.ReadToEnd());
    }

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a profile file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or the file is no valid profile.</exception>
    public static Task<Profile> LoadAsync(string reference, CancellationToken cancellationToken) =>
        LoadAsync(reference, ControlCatalogue.BuiltIn.Controls, cancellationToken);

    /// <summary>Loads a profile against any catalogue.</summary>
    internal static async Task<Profile> LoadAsync(string reference, IReadOnlyList<ControlDescriptor> catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var loader = new ProfileLoader(catalogue);
        if (StoredProfiles.IsPath(reference))
        {
            return await RefuseDisguiseAsync(reference, await loader.LoadAsync(reference, cancellationToken), cancellationToken);
        }

        var found = Stored().Find(reference);
        using var reader = new StreamReader(typeof(BuiltInProfiles).Assembly.GetManifestResourceStream(found.Location)!);
        return StoredProfiles.Verified(loader.Parse(found.Reference, await reader.ReadToEndAsync(cancellationToken)), found);
    }

    // A verdict names the profile that it was reached by; a file must not bear the name of a built-in one and say something else.
    private static async Task<Profile> RefuseDisguiseAsync(string path, Profile profile, CancellationToken cancellationToken)
    {
        var builtIn = Stored().All.FirstOrDefault(stored => stored.Reference == profile.Reference);
        if (builtIn is null)
        {
            return profile;
        }

        using var reader = new StreamReader(typeof(BuiltInProfiles).Assembly.GetManifestResourceStream(builtIn.Location)!);
        return StoredProfiles.SaysTheSame(await reader.ReadToEndAsync(cancellationToken), await File.ReadAllTextAsync(path, cancellationToken))
            ? profile
            : throw ProfileException.Disguised(path, profile.Reference);
    }

    private static StoredProfiles Stored() => new(
        typeof(BuiltInProfiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => StoredProfile.Of(Path.GetFileNameWithoutExtension(name), name)));
}
