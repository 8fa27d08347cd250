using VaultConformance.Cli.Output;
using VaultConformance.Controls.Suite;
using VaultConformance.Runs;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Judging;

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
    /// <summary>Judges releases and recorded evidence.</summary>
    public IJudge Judge { get; init; } = new SuiteJudge();

    /// <summary>Says what went wrong.</summary>
    public ErrorPrinter Errors { get; } = new(Console.Error);
}
