using VaultConformance.Harness;

namespace VaultConformance.Runs;

/// <summary>The repository that this program was built from: fixtures lie there.</summary>
/// <remarks>Verbs that only read what they are given, for example a bundle, work without one; what needs it says so when it asks for it.</remarks>
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
    public string Root => _root ?? throw new HarnessException(
        FailureKind.Environment,
        $"'{_searched}' is not inside a clone of this repository ({Marker} is in none of its parents), and this verb needs its fixtures. Start the program by run.sh or run.ps1.");

    /// <summary>Values files, certificate recipes, chart and images.</summary>
    public string Fixtures => Path.Combine(Root, "fixtures");

    /// <summary>Built-in profiles.</summary>
    public string Profiles => Path.Combine(Root, "conformance", "profiles");

    /// <summary>What is installed when no values file is given.</summary>
    public string DefaultValues => Path.Combine(Fixtures, "values", "compliant", "standalone-tls.yaml");

    /// <summary>Finds the repository, if there is one.</summary>
    /// <param name="folder">A folder that may be in it.</param>
    public static RepositoryFolder Containing(string folder)
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
}
