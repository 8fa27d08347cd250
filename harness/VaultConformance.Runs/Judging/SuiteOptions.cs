using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Judging;

/// <summary>Which controls of a profile a run verifies. Those left out are still reported, as inconclusive: a run of a part proves only that part.</summary>
public sealed record SuiteOptions
{
    /// <summary>Verify only these; empty means all.</summary>
    public IReadOnlyList<ControlId> Only { get; init; } = [];

    /// <summary>Do not verify these.</summary>
    public IReadOnlyList<ControlId> Skip { get; init; } = [];

    /// <summary>Longest time that one control may take, observations included.</summary>
    public TimeSpan ControlTimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Applies waivers to a result, for what NUnit shows; the results that come back are without them.</summary>
    public Func<ControlResult, ControlResult> Accept { get; init; } = result => result;
}

/// <summary>What came of a run of the suite.</summary>
/// <param name="Planned">Ids of all controls of the profile, ordered.</param>
/// <param name="Results">One per planned control, ordered by id.</param>
/// <param name="NUnitXml">The run in the format of NUnit 3 results; null when a test runner writes its own.</param>
public sealed record SuiteOutcome(IReadOnlyList<ControlId> Planned, IReadOnlyList<ControlResult> Results, string? NUnitXml);
