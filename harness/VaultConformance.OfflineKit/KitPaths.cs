using VaultConformance.Harness;

namespace VaultConformance.OfflineKit;

/// <summary>Where everything that is kept between runs lies; never inside a repository.</summary>
/// <param name="Root">Folder of the cache; deleting it costs time only.</param>
internal sealed record KitPaths(string Root)
{
    /// <summary>Environment variable that moves the cache.</summary>
    public const string Variable = "VAULT_CONFORMANCE_CACHE";

    private const string Folder = "vault-conformance";

    /// <summary>Log and process id of a Docker engine that we started.</summary>
    public string Engine => Path.Combine(Root, "engine");

    /// <summary>Logs of the kit's build steps, one a step.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Finished build results, by kind and content.</summary>
    public string Cache => Path.Combine(Root, "kit");

    /// <summary>The cache of this user: <c>VAULT_CONFORMANCE_CACHE</c>, else the platform's place for caches.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="HarnessException">The variable holds a relative path, or the user has no home.</exception>
    public static KitPaths FromEnvironment(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } chosen)
        {
            return Path.IsPathFullyQualified(chosen)
                ? new KitPaths(chosen)
                : throw new HarnessException(FailureKind.Configuration, $"{Variable} is '{chosen}'; it must be an absolute path.");
        }

        return new KitPaths(Path.Combine(FindUserCache(environment), Folder));
    }

    private static string FindUserCache(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        if (environment("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache))
        {
            return cache;
        }

        return environment("HOME") is { Length: > 0 } home
            ? Path.Combine(home, ".cache")
            : throw new HarnessException(
                FailureKind.Configuration, $"The user has no home folder (HOME is empty). Set {Variable} to a folder for the cache.");
    }
}
