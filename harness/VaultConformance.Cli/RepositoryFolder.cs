using VaultConformance.Harness;

namespace VaultConformance.Cli;

/// <summary>The repository that this program was built from: fixtures, profiles and test executables lie there.</summary>
/// <param name="Root">Its folder.</param>
internal sealed record RepositoryFolder(string Root)
{
    private const string Marker = "VaultConformance.sln";

    /// <summary>Values files, certificate recipes, chart and images.</summary>
    public string Fixtures => Path.Combine(Root, "fixtures");

    /// <summary>Built-in profiles.</summary>
    public string Profiles => Path.Combine(Root, "conformance", "profiles");

    /// <summary>What is installed when no values file is given.</summary>
    public string DefaultValues => Path.Combine(Fixtures, "values", "compliant", "standalone-tls.yaml");

    /// <summary>Built programs.</summary>
    public string Binaries => Path.Combine(Root, "artifacts", "bin");

    /// <summary>Finds the repository.</summary>
    /// <param name="folder">A folder in it.</param>
    /// <exception cref="HarnessException">The folder is in no repository.</exception>
    public static RepositoryFolder Containing(string folder)
    {
        for (var candidate = new DirectoryInfo(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Marker)))
            {
                return new RepositoryFolder(candidate.FullName);
            }
        }

        throw new HarnessException(
            FailureKind.Environment, $"'{folder}' is not inside a clone of this repository ({Marker} is in none of its parents). Start the program by run.sh or run.ps1.");
    }
}
