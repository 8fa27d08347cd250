using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Suite;

/// <summary>The profiles that come with the suite. They are inside the assembly, so that nothing has to be found on disk.</summary>
public static class BuiltInProfiles
{
    private const string Prefix = "Profiles/";

    /// <summary>All of them.</summary>
    public static ProfileCollection All { get; } = new(ControlCatalogue.BuiltIn.Controls, ReadTexts());

    /// <summary>References of all of them, for example <c>baseline@1.0</c>, by name and version.</summary>
    public static IReadOnlyList<string> References => All.References;

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a profile file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or the file is not a valid profile.</exception>
    public static async Task<Profile> LoadAsync(string reference, CancellationToken cancellationToken) =>
        (await All.LoadAsync(reference, Environment.CurrentDirectory, cancellationToken)).Profile;

    private static IEnumerable<KeyValuePair<string, string>> ReadTexts()
    {
        var assembly = typeof(BuiltInProfiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new KeyValuePair<string, string>(Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
        }
    }
}
