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
    private readonly Dictionary<string, ProfileText> _builtIn;

    /// <summary>Creates the collection.</summary>
    /// <param name="catalogue">All controls; a profile has to speak about each of them.</param>
    /// <param name="texts">The YAML texts by <c>NAME-VERSION</c>, in any order. A name of another form is left out.</param>
    public ProfileCollection(IReadOnlyList<ControlDescriptor> catalogue, IEnumerable<KeyValuePair<string, string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _loader = new ProfileLoader(catalogue);
        _entries = [.. texts.Select(Entry.From)
            .OfType<Entry>()
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Version, SemVersion.SortOrderComparer)];
        _builtIn = _entries.ToDictionary(entry => entry.Reference, entry => entry.Source);
    }

    /// <summary>References of all of them, for example <c>baseline@1.0</c>, by name and version.</summary>
    public IReadOnlyList<string> References => [.. _entries.Select(entry => entry.Reference)];

    /// <summary>A profile of the collection; null when there is none.</summary>
    /// <param name="reference">Name and version, for example <c>baseline@1.0</c>.</param>
    /// <exception cref="ProfileException">It is not valid.</exception>
    public Profile? Find(string reference) =>
        _entries.Find(entry => entry.Reference == reference) is { } found ? Parse(found.Source).Profile : null;

    /// <summary>Loads a profile, with everything that it takes from those that it extends.</summary>
    /// <param name="reference">A name (its highest version), <c>name@version</c>, or the path of a profile file.</param>
    /// <param name="workingFolder">Folder that a relative path starts from.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProfileException">There is no such profile, or it is not valid, or one that it extends is not.</exception>
    public Task<ProfileSource> LoadAsync(string reference, string workingFolder, CancellationToken cancellationToken) => IsPath(reference)
        ? ReadAsync(reference, Path.GetFullPath(reference, workingFolder), cancellationToken)
        : Task.FromResult(Parse(FindNamed(reference).Source));

    /// <summary>Reads a profile from a text that lies in no file; it may extend built-in ones.</summary>
    internal ProfileSource Parse(ProfileText text)
    {
        var chain = new ProfileChain(text, _builtIn);
        chain.Follow();
        return Parse(chain);
    }

    private async Task<ProfileSource> ReadAsync(string shown, string path, CancellationToken cancellationToken)
    {
        try
        {
            var chain =
                new ProfileChain(new ProfileText(path, await InputFile.ReadAsync(path, cancellationToken)) { File = path }, _builtIn);
            while (chain.Follow() is { } next)
            {
                await AddAsync(chain, next, cancellationToken);
            }

            return Parse(chain, shown);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.Unreadable(path, exception);
        }
    }

    private static async Task AddAsync(ProfileChain chain, string path, CancellationToken cancellationToken)
    {
        try
        {
            chain.Add(new ProfileText(path, await InputFile.ReadAsync(path, cancellationToken)) { File = path }, Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            chain.Refuse($"'{Path.GetFileName(path)}' cannot be extended: {exception.Message}");
        }
    }

    private ProfileSource Parse(ProfileChain chain, string? shown = null)
    {
        var based = new ProfileBase(null, chain.Problem);
        foreach (var text in chain.BasesFirst)
        {
            var profile = _loader.Parse(text.Place, text.Text, based);
            RefuseOtherName(text, profile);
            RefuseDisguise(text == chain.First && shown is not null ? shown : text.Place, text, profile);
            based = new ProfileBase(profile, null);
        }

        return new ProfileSource(based.Profile!, based.Profile!.Extends is null ? chain.First.Text : ResolvedProfile.Write(based.Profile));
    }

    private static bool IsPath(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Contains('/', StringComparison.Ordinal)
            || reference.Contains('\\', StringComparison.Ordinal)
            || reference.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || reference.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    private Entry FindNamed(string reference) =>
        _entries.LastOrDefault(entry => entry.Reference == reference || entry.Name == reference)
        ?? throw ProfileException.Unknown(
            "There is no profile "
                + $"'{reference}'{Nearest.WriteHint(reference, _entries.SelectMany(entry => new[] { entry.Name, entry.Reference }))}. "
            + $"Known profiles: {(_entries.Count == 0 ? "none" : string.Join(", ", References))}. "
            + "Give one of them, or the path of a profile file.");

    private static void RefuseOtherName(ProfileText text, Profile profile)
    {
        if (text.Reference is { } reference && profile.Reference != reference)
        {
            throw ProfileException.Unknown(
                $"Profile '{reference.Replace('@', '-')}' calls itself {profile.Reference}; its file name says {reference}. Rename one "
                    + "of them.");
        }
    }

    // A verdict names the profile that it was reached by; a file must not bear the name of a built-in one and say something else.
    private void RefuseDisguise(string shown, ProfileText text, Profile profile)
    {
        if (text.Reference is null && Find(profile.Reference) is { } builtIn && !ResolvedProfile.AreSame(profile, builtIn))
        {
            throw ProfileException.Disguised(shown, profile.Reference);
        }
    }

    private sealed record Entry(string FileName, string Name, SemVersion Version, string Text)
    {
        public string Reference => $"{Name}@{FileName[(Name.Length + 1)..]}";

        public ProfileText Source => new(Reference, Text) { Reference = Reference };

        public static Entry? From(KeyValuePair<string, string> text)
        {
            var dash = text.Key.LastIndexOf('-');
            return dash > 0 && SemVersion.TryParse(text.Key[(dash + 1)..], SemVersionStyles.OptionalPatch, out var version)
                ? new Entry(text.Key, text.Key[..dash], version, text.Value)
                : null;
        }
    }
}
