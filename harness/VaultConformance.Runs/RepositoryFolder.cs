using VaultConformance.Harness;

namespace VaultConformance.Runs;

/// <summary>The repository that this program was built from: fixtures lie there.</summary>
/// <remarks>A published program has none. Only default values and the offline kit need it, and say so when they ask for it.</remarks>
internal sealed record RepositoryFolder
{
    private const string Marker = "VaultConformance.sln";
    private readonly string? _root;
    private readonly string _searched;

    /// <summary>A repository.</summary>
    /// <param name="root">Its folder.</param>
    public RepositoryFolder(string root)
        : this(root, root)
    {
    }

    private RepositoryFolder(string? root, string searched)
    {
        _root = root;
        _searched = searched;
    }

    /// <summary>True when there is one.</summary>
    public bool IsThere => _root is not null;

    /// <summary>Its folder.</summary>
    /// <exception cref="HarnessException">There is none.</exception>
    public string Root => _root ?? throw CreateMissing("This", string.Empty);

    /// <summary>What is installed when no values file is given.</summary>
    /// <exception cref="HarnessException">There is no repository.</exception>
    public string DefaultValues =>
        Path.Combine(
            GetFixtures(_root ?? throw CreateMissing("A run without --values", "give --values, or ")),
            "values",
            "compliant",
            "standalone-tls.yaml");

    /// <summary>How the server is configured when no values file and no setup is given.</summary>
    /// <exception cref="HarnessException">There is no repository.</exception>
    public string DefaultSetup =>
        Path.Combine(
            GetFixtures(_root ?? throw CreateMissing("A run without --values", "give --values, or ")),
            "setup",
            "compliant.yaml");

    /// <summary>Chart of our own, which an offline run installs when no other one is given.</summary>
    /// <exception cref="HarnessException">There is no repository.</exception>
    public string FixtureChart =>
        Path.Combine(GetFixtures(_root ?? throw CreateMissing("An offline run without --chart", "give --chart, or ")), "chart");

    /// <summary>The folder that the offline kit is built from.</summary>
    /// <exception cref="HarnessException">There is no repository.</exception>
    public string KitSources => GetFixtures(_root ?? throw CreateMissing("Building the offline kit", string.Empty));

    /// <summary>Finds the repository, if there is one.</summary>
    /// <param name="folder">A folder that may be in it.</param>
    public static RepositoryFolder FindContaining(string folder)
    {
        for (var candidate = new DirectoryInfo(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Marker)))
            {
                return new RepositoryFolder(candidate.FullName);
            }
        }

        return new RepositoryFolder(null, folder);
    }

    private static string GetFixtures(string root) => Path.Combine(root, "fixtures");

    private HarnessException CreateMissing(string what, string instead) => new(
        FailureKind.Environment,
        $"{what} needs a clone of this repository, and '{_searched}' is in none: {instead}start run.sh or run.ps1 of a clone.");
}
