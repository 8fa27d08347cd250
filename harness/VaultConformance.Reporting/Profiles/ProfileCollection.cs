using Semver;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Profiles;

/// <summary>The profiles that come with a program, versions side by side, and the way to any other one.</summary>
/// <remarks>There is no other source of built-in profiles, so that the same reference means the same wherever the program runs.</remarks>
public sealed class ProfileCollection
{
    private readonly ProfileLoader _loader;
    private readonly List<Entry> _entries;

    /// <summary>Creates the collection.</summary>
    /// <param name="catalogue">All controls; a profile has to speak about each of them.</param>
    /// <param name="texts">The YAML texts by <c>NAME-VERSION</c>, in any order. A name of another form is left out.</param>
    public ProfileCollection(IReadOnlyList<ControlDescriptor> catalogue, IEnumerable<KeyValuePair<string, string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _loader = new ProfileLoader(catalogue);
        _entries = [.. texts.Select(Entry.Of).OfType<Entry>().OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Version, SemVersion.SortOrderComparer)];
    }

    /// <summary>References of all of them, for example <c>baseline@1.0</c>, by name and version.</summary>
    public IReadOnlyList<string> References => [.. _entries.Select(entry => entry.Reference)];

    /// <summary>A profile of the collection; null when there is none.</summary>
    /// <param name="reference">Name and version, for example <c>baseline@1.0</c>.</param>
    /// <exception cref="ProfileException">It is not valid.</exception>
    public Profile? Find(string reference) => _entries.Find(entry => entry.Reference == reference) is { } found ? Parse(found).Profile : null;

    /// <summary>Loads a profile.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a profile file.</param>
    /// <param name="workingFolder">Folder that a relative path starts from.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or it is not valid.</exception>
    public async Task<ProfileSource> LoadAsync(string reference, string workingFolder, CancellationToken cancellationToken) => IsPath(reference)
        ? RefuseDisguise(reference, await _loader.ReadAsync(Path.GetFullPath(reference, workingFolder), cancellationToken))
        : Parse(Named(reference));

    private static bool IsPath(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Contains('/', StringComparison.Ordinal)
            || reference.Contains('\\', StringComparison.Ordinal)
            || reference.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || reference.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    private Entry Named(string reference) =>
        _entries.LastOrDefault(entry => entry.Reference == reference || entry.Name == reference)
        ?? throw ProfileException.Unknown(
            $"There is no profile '{reference}'{Nearest.Hint(reference, _entries.SelectMany(entry => new[] { entry.Name, entry.Reference }))}. "
            + $"Known profiles: {(_entries.Count == 0 ? "none" : string.Join(", ", References))}. "
            + "Give one of them, or the path of a profile file.");

    private ProfileSource Parse(Entry entry)
    {
        var profile = _loader.Parse(entry.Reference, entry.Text);
        return profile.Reference == entry.Reference
            ? new ProfileSource(profile, entry.Text)
            : throw ProfileException.Unknown($"Profile '{entry.FileName}' calls itself {profile.Reference}; its file name says {entry.Reference}. Rename one of them.");
    }

    // A verdict names the profile that it was reached by; a file must not bear the name of a built-in one and say something else.
    private ProfileSource RefuseDisguise(string path, ProfileSource source) =>
        _entries.Find(entry => entry.Reference == source.Profile.Reference) is not { } builtIn || Normal(builtIn.Text) == Normal(source.Text)
            ? source
            : throw ProfileException.Disguised(path, source.Profile.Reference);

    private static string Normal(string text) => text.ReplaceLineEndings("\n").Trim();

    private sealed record Entry(string FileName, string Name, SemVersion Version, string Text)
    {
        public string Reference => $"{Name}@{FileName[(Name.Length + 1)..]}";

        public static Entry? Of(KeyValuePair<string, string> text)
        {
            var dash = text.Key.LastIndexOf('-');
            return dash > 0 && SemVersion.TryParse(text.Key[(dash + 1)..], SemVersionStyles.OptionalPatch, out var version) ? new Entry(text.Key, text.Key[..dash], version, text.Value) : null;
        }
    }
}
