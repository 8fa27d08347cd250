using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Runs.Judging;

/// <summary>Judges a release by controls. A run is handed one and knows no control itself.</summary>
public interface IJudge
{
    /// <summary>All controls that it can judge by, ordered by id.</summary>
    IReadOnlyList<ControlDescriptor> Controls { get; }

    /// <summary>The profiles that come with it.</summary>
    ProfileCollection Profiles { get; }

    /// <summary>Judges a target: first by the controls that only look, then by the disruptive ones.</summary>
    /// <param name="target">What is judged.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="options">Which controls to leave out.</param>
    /// <param name="progress">Told every result as it comes; null when nobody listens.</param>
    /// <param name="cancellationToken">Ends the judging; the controls that have not finished by then are inconclusive.</param>
    /// <returns>One result for every control of the profile, always.</returns>
    /// <exception cref="HarnessException">The profile or the options name controls that do not exist.</exception>
    Task<SuiteOutcome> JudgeAsync(
        Target target, Profile profile, SuiteOptions options, IProgress<ControlResult>? progress, CancellationToken cancellationToken);
}
