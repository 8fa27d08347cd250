using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Plan;

/// <summary>What a plan is made in.</summary>
/// <param name="WorkingFolder">Folder that relative paths start from and where the settings file lies.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Catalogue">All controls.</param>
/// <param name="ProfilesFolder">Folder of the built-in profiles.</param>
/// <param name="DefaultValuesFile">Values file when none is given.</param>
/// <param name="RunId">Id of the run.</param>
internal sealed record PlanContext(
    string WorkingFolder,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<ControlDescriptor> Catalogue,
    string ProfilesFolder,
    string DefaultValuesFile,
    string RunId)
{
    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }
}
