using System.Text.RegularExpressions;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile, the one that it extends, the one that this extends, and so on to one that stands alone.</summary>
/// <param name="first">The profile.</param>
/// <param name="builtIn">The built-in profiles, by reference.</param>
internal sealed partial class ProfileChain(ProfileText first, IReadOnlyDictionary<string, ProfileText> builtIn)
{
    private const int MostBases = 5;

    private readonly List<ProfileText> _texts = [first];

    /// <summary>The profile that it is about.</summary>
    public ProfileText First => first;

    /// <summary>All of them, the last base first.</summary>
    public IEnumerable<ProfileText> BasesFirst => _texts.AsEnumerable().Reverse();

    /// <summary>Why the last one of the chain cannot extend what it names; null when it can, or extends nothing.</summary>
    public ProfileProblem? Problem { get; private set; }

    /// <summary>Goes on as far as built-in profiles lead.</summary>
    /// <returns>Full path of a file that has to be read before it can go on; null at the end.</returns>
    public string? Follow()
    {
        while (Problem is null && Extend() is { } reference)
        {
            if (GetFile(reference.Text) is { } file)
            {
                return file;
            }

            Add(builtIn.GetValueOrDefault(reference.Text), reference.Text);
        }

        return null;
    }

    /// <summary>Adds what the last one extends.</summary>
    /// <param name="text">It; null when it was not found.</param>
    /// <param name="reference">What the last one calls it.</param>
    public void Add(ProfileText? text, string reference)
    {
        if (ExplainRefusal(text, reference) is { } problem)
        {
            Refuse(problem);
        }
        else
        {
            _texts.Add(text!);
        }
    }

    /// <summary>Ends the chain, because what the last one extends cannot be used.</summary>
    /// <param name="problem">Why not.</param>
    public void Refuse(string problem) => Problem = new ProfileProblem(Extend()?.Line ?? 1, problem);

    private YamlText? Extend() =>
        StrictYaml.Read(_texts[^1].Text, new ProblemList()) is YamlMap map
            ? map.Entries.FirstOrDefault(entry => entry.Key == ProfileLoader.ExtendsField)?.Value as YamlText is { Text.Length: > 0 } text
                ? text with { Text = text.Text.Trim() }
                : null
            : null;

    // A file is looked for beside the file that names it, and nowhere else.
    private string? GetFile(string reference) =>
        _texts[^1].File is { } file && FileForm.IsMatch(reference) ? Path.Combine(Path.GetDirectoryName(file)!, reference) : null;

    private string? ExplainRefusal(ProfileText? text, string reference)
    {
        if (text is null)
        {
            return CreateUnknown(reference);
        }

        if (text.IsSame(_texts[^1]))
        {
            return "a profile cannot extend itself";
        }

        if (_texts.Any(text.IsSame))
        {
            return "'extends' leads in a circle: "
                + $"{string.Join(", ", _texts.SkipWhile(known => !known.IsSame(text)).Append(text).Select(known => known.Name))}";
        }

        return _texts.Count > MostBases ? $"more than {MostBases} profiles extend one another; fold some of them into one" : null;
    }

    private string CreateUnknown(string reference)
    {
        var hint = Nearest.WriteHint(reference, builtIn.Keys);
        if (FileForm.IsMatch(reference))
        {
            return $"'{reference}' cannot be extended: only a profile that lies in a file can extend a file beside it";
        }

        return ReferenceForm.IsMatch(reference)
            ? $"there is no profile '{reference}' to extend{hint}; known profiles: {string.Join(", ", builtIn.Keys)}"
            : $"'{reference}' cannot be extended{hint}: give a profile with its version, for example baseline@1.0, or the name of a file "
                + "beside this one, for example base.yaml";
    }

    [GeneratedRegex(@"^[^/\\]+[.]ya?ml$", RegexOptions.CultureInvariant)]
    private static partial Regex FileForm { get; }

    [GeneratedRegex("^[a-z0-9-]+@[0-9]{1,9}([.][0-9]{1,9}){1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceForm { get; }
}
