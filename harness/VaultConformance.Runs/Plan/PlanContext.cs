using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Runs.Plan;

/// <summary>What a plan is made in.</summary>
/// <param name="WorkingFolder">Folder that relative paths start from and where the settings file lies.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Catalogue">All controls.</param>
/// <param name="Profiles">Built-in profiles.</param>
/// <param name="Repository">Has the values file that is taken when none is given.</param>
/// <param name="RunId">Id of the run.</param>
internal sealed record PlanContext(
    string WorkingFolder,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<ControlDescriptor> Catalogue,
    ProfileCollection Profiles,
    RepositoryFolder Repository,
    string RunId)
{
    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Opens the results of an earlier run: a bundle, an output folder or a file.</summary>
    public required Func<string, ComparedRun> OpenResults { get; init; }
}
