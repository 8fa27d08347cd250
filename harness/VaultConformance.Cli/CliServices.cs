using VaultConformance.Cli.Output;
using VaultConformance.Cli.Run;

namespace VaultConformance.Cli;

/// <summary>What the verbs work with.</summary>
/// <param name="Console">Where they talk.</param>
/// <param name="Variables">The environment.</param>
/// <param name="WorkingFolder">Folder that relative paths start from.</param>
/// <param name="Repository">Fixtures, profiles, tests.</param>
/// <param name="TimeProvider">Clock.</param>
/// <param name="Pipeline">Carries out runs.</param>
internal sealed record CliServices(
    CliConsole Console,
    IReadOnlyDictionary<string, string> Variables,
    string WorkingFolder,
    RepositoryFolder Repository,
    TimeProvider TimeProvider,
    IRunPipeline Pipeline)
{
    /// <summary>Says what went wrong.</summary>
    public ErrorPrinter Errors { get; } = new(Console.Error);
}
