using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Subjects;

/// <summary>A configuration text of a server, read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Document">What it says.</param>
public sealed record ServerConfiguration(string Path, HclDocument Document)
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="ControlEndedException">It cannot be read, or was withheld for that reason: the control is inconclusive.</exception>
    public static ServerConfiguration Read(ConfigText text)
    {
        if (text.Text.StartsWith($"# {ConfigMasker.Masked} withheld", StringComparison.Ordinal))
        {
            throw new ControlEndedException(Outcome.Inconclusive, $"{text.Path}: {text.Text.TrimStart('#', ' ', '*').Trim()}");
        }

        try
        {
            return new ServerConfiguration(text.Path, HclDocument.Parse(text.Text));
        }
        catch (HclSyntaxException exception)
        {
            throw new ControlEndedException(
                Outcome.Inconclusive, $"{text.Path} cannot be read: line {exception.Line}: {exception.Problem}");
        }
    }

    /// <summary>Reads a text; null when it cannot be read or was withheld. What needs it says so.</summary>
    public static ServerConfiguration? TryRead(ConfigText text)
    {
        try
        {
            return Read(text);
        }
        catch (ControlEndedException)
        {
            return null;
        }
    }

    /// <summary>Makes sure that every configuration that the servers of a container were started with was read.</summary>
    /// <param name="files">The files that were checked.</param>
    /// <param name="servers">The server processes.</param>
    /// <exception cref="ControlEndedException">One was not read: the control is inconclusive.</exception>
    public static void RequireAllRead(FileFacts files, IReadOnlyList<ProcessFacts> servers)
    {
        foreach (var path in servers.SelectMany(StartArguments.ListConfigPaths).Distinct())
        {
            RequireRead(path, files);
        }
    }

    /// <summary>
    /// Reads everything that the servers of a container were started with, as one: every file of every <c>-config</c>. Empty for a server
    /// in development mode that was given none.
    /// </summary>
    /// <param name="files">The files that were checked.</param>
    /// <param name="servers">The server processes.</param>
    /// <exception cref="ControlEndedException">
    /// There is none, or one was not read or cannot be read: the control is inconclusive.
    /// </exception>
    public static IReadOnlyList<ServerConfiguration> RequireLoaded(FileFacts files, IReadOnlyList<ProcessFacts> servers)
    {
        RequireAllRead(files, servers);
        return files.LoadedConfig.Count > 0 || (servers.Count > 0 && servers.All(StartArguments.IsDevelopment))
            ? [.. files.LoadedConfig.Select(Read)]
            : throw new ControlEndedException(Outcome.Inconclusive, "no configuration file that the server was started with could be read");
    }

    // Half of a configuration proves nothing: the other half may say the opposite.
    private static void RequireRead(string path, FileFacts files)
    {
        var unread = files.Files.FirstOrDefault(file =>
            file.Purpose == "config"
                && StartArguments.IsAtOrBelow(file.Path, path)
                && !files.LoadedConfig.Any(text => StartArguments.IsAtOrBelow(text.Path, file.Path)));
        var seen = files.LoadedConfig.Any(text => StartArguments.IsAtOrBelow(text.Path, path))
            || files.Files.Any(file => file.Purpose == "config-folder" && file.Exists && StartArguments.IsAtOrBelow(file.Path, path));
        if (unread is not null || !seen)
        {
            throw new ControlEndedException(
                Outcome.Inconclusive, $"the configuration {unread?.Path ?? path}, which the server was started with, was not read");
        }
    }
}
