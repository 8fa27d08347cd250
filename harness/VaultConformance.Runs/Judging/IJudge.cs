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

/// <summary>
/// Which controls of a profile a run verifies. Those left out are still reported, as inconclusive: a run of a part proves only that part.
/// </summary>
public sealed record SuiteOptions
{
    /// <summary>Verify only these; empty means all.</summary>
    public IReadOnlyList<ControlId> Only { get; init; } = [];

    /// <summary>Do not verify these.</summary>
    public IReadOnlyList<ControlId> Skip { get; init; } = [];

    /// <summary>True when the target is not a running release but what rendered objects and values declare.</summary>
    public bool OnlyDeclared { get; init; }

    /// <summary>Longest time that one control may take, observations included.</summary>
    public TimeSpan ControlTimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Applies waivers to a result, for what NUnit shows; the results that come back are without them.</summary>
    public Func<ControlResult, ControlResult> Accept { get; init; } = result => result;
}

/// <summary>The outcome of a run of the suite.</summary>
/// <param name="Planned">Ids of all controls of the profile, ordered.</param>
/// <param name="Results">One per planned control, ordered by id.</param>
/// <param name="NUnitXml">The run in the format of NUnit 3 results; null when a test runner writes its own.</param>
public sealed record SuiteOutcome(IReadOnlyList<ControlId> Planned, IReadOnlyList<ControlResult> Results, string? NUnitXml);
