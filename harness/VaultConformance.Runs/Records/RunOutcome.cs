using VaultConformance.Harness;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>The outcome of a run.</summary>
/// <param name="Report">The report.</param>
/// <param name="NUnitXml">The suite's own result; null when the suite did not run.</param>
/// <param name="Failure">What kept the run from finishing; decides the exit code. Null when it finished.</param>
/// <param name="Kept">How to reach and remove what was left running, in lines; empty when nothing was.</param>
internal sealed record RunOutcome(ConformanceReport Report, string? NUnitXml, HarnessException? Failure, IReadOnlyList<string> Kept)
{
    /// <summary>The rendered objects without secrets, as YAML; null when nothing was installed.</summary>
    public string? Manifest { get; init; }
}
