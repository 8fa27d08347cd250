using VaultConformance.Harness;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Suite;

/// <summary>The profiles that come with the suite. They are inside the assembly, so that nothing has to be found on disk.</summary>
public static class BuiltInProfiles
{
    private const string Prefix = "Profiles/";
    private const string Ending = ".yaml";

    /// <summary>References of all of them, for example <c>baseline@1.0</c>, by name and version.</summary>
    public static IReadOnlyList<string> References =>
    [
        .. typeof(BuiltInProfiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Ending.Length])
            .Select(name => (Name: name[..name.LastIndexOf('-')], Version: Version.Parse(name[(name.LastIndexOf('-') + 1)..])))
            .OrderBy(profile => profile.Name, StringComparer.Ordinal).ThenBy(profile => profile.Version)
            .Select(profile => $"{profile.Name}@{profile.Version}"),
    ];

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a profile file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="HarnessException">There is no such profile.</exception>
    /// <exception cref="ProfileException">The file is no valid profile.</exception>
    public static Task<Profile> LoadAsync(string reference, CancellationToken cancellationToken) =>
        LoadAsync(reference, ControlCatalogue.BuiltIn.Controls, cancellationToken);

    /// <summary>Loads a profile against any catalogue.</summary>
    internal static async Task<Profile> LoadAsync(string reference, IReadOnlyList<ControlDescriptor> catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var loader = new ProfileLoader(catalogue);
        if (IsPath(reference))
        {
            return await loader.LoadAsync(reference, cancellationToken);
        }

        var found = References.LastOrDefault(known => known == reference || known[..known.IndexOf('@', StringComparison.Ordinal)] == reference)
            ?? throw new HarnessException(
                FailureKind.Configuration,
                $"There is no profile '{reference}'. Known profiles: {string.Join(", ", References)}. Give one of them, or the path of a profile file.");
        return loader.Parse(found, await ReadAsync(found, cancellationToken));
    }

    private static async Task<string> ReadAsync(string reference, CancellationToken cancellationToken)
    {
        var name = Prefix + reference.Replace('@', '-') + Ending;
        using var reader = new StreamReader(typeof(BuiltInProfiles).Assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static bool IsPath(string reference) =>
        reference.Contains('/', StringComparison.Ordinal)
        || reference.Contains('\\', StringComparison.Ordinal)
        || reference.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
        || reference.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
