using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Judging.Subjects;

/// <summary>What the command line of a server says about its configuration.</summary>
internal static class StartArguments
{
    private const string Flag = "config";

    /// <summary>
    /// Absolute paths of every <c>-config</c>, in the four spellings of Go's flags; a path may be a folder of configuration files.
    /// </summary>
    /// <param name="server">The server process.</param>
    public static IReadOnlyList<string> ListConfigPaths(ProcessFacts server)
    {
        var paths = new List<string>();
        for (var at = 1; at < server.CommandLine.Count; at++)
        {
            var argument = FindBare(server.CommandLine[at]);
            if (argument?.StartsWith(Flag + "=", StringComparison.Ordinal) == true)
            {
                paths.Add(ToAbsolute(argument[(Flag.Length + 1)..], server));
            }
            else if (argument == Flag && at + 1 < server.CommandLine.Count)
            {
                paths.Add(ToAbsolute(server.CommandLine[++at], server));
            }
        }

        return [.. paths.Distinct()];
    }

    /// <summary>True for a server in development mode: it has a configuration of its own and needs no file.</summary>
    /// <param name="server">The server process.</param>
    public static bool IsDevelopment(ProcessFacts server) => server.CommandLine.Select(FindBare).Any(argument =>
        argument is "dev" or "dev-tls" || (argument is not null
            && (argument.StartsWith("dev=", StringComparison.Ordinal) || argument.StartsWith("dev-tls=", StringComparison.Ordinal))
            && !argument.EndsWith("=false", StringComparison.OrdinalIgnoreCase) && !argument.EndsWith("=0", StringComparison.Ordinal)));

    /// <summary>True when a file is the path or lies below it; <c>//a/./b</c> and <c>/a/b</c> are the same.</summary>
    /// <param name="file">Path of a file.</param>
    /// <param name="path">Path of a file or folder.</param>
    public static bool IsAtOrBelow(string file, string path) => PathText.AreSame(file, path) || PathText.IsBelow(file, path);

    private static string? FindBare(string argument) => argument switch
    {
        ['-', '-', .. var rest] => rest,
        ['-', .. var rest] => rest,
        _ => null,
    };

    private static string ToAbsolute(string path, ProcessFacts server) =>
        PathText.Normalize(path.StartsWith('/') ? path : $"{server.WorkingDirectory}/{path}");
}
