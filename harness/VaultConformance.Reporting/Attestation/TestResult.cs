using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Attestation;

/// <summary>A report in the terms of the test-result predicate; the rules are in <c>docs/attestation.md</c>.</summary>
/// <param name="Result">The result of the whole run.</param>
/// <param name="Passed">Tests that proved their control.</param>
/// <param name="Warned">Tests that proved nothing, or the opposite, without deciding the verdict.</param>
/// <param name="Failed">Required controls that failed or could not be told, and whatever did not run.</param>
internal sealed record TestResult(string Result, IReadOnlyList<string> Passed, IReadOnlyList<string> Warned, IReadOnlyList<string> Failed)
{
    private const string PassedResult = "PASSED";
    private const string WarnedResult = "WARNED";
    private const string FailedResult = "FAILED";

    /// <summary>The result of a report. Every planned control is in exactly one list.</summary>
    /// <param name="report">The report.</param>
    /// <param name="catalogue">All controls; says the revision of those that did not run.</param>
    /// <exception cref="AttestationException">A planned control is in neither the results nor the catalogue.</exception>
    public static TestResult From(ConformanceReport report, IReadOnlyList<ControlDescriptor> catalogue)
    {
        IReadOnlyList<string> In(string list) =>
            [.. report.Results.Where(result => ListOf(result) == list).Select(result => GetName(result.Control))];
        var notRun = ReportTotals.ListNotRun(report).Select(id => GetName(FindKnown(id, catalogue)));
        return new TestResult(GetResult(report), In(PassedResult), In(WarnedResult), [.. In(FailedResult), .. notRun]);
    }

    /// <summary>Name of a control in an attestation: id and revision, for example <c>CORE-1@1</c>.</summary>
    /// <param name="control">The control.</param>
    public static string GetName(ControlDescriptor control) => $"{control.Id}@{control.Revision}";

    private static string GetResult(ConformanceReport report)
    {
        if (report.Verdict != Verdict.Conformant)
        {
            return FailedResult;
        }

        var clean = !report.StandIn && report.Results.All(result => result.GetStanding() is Standing.Holds or Standing.DoesNotApply);
        return clean ? PassedResult : WarnedResult;
    }

    // What does not apply was not proved, so it is never among what passed.
    private static string ListOf(ControlResult result) => result.GetStanding() switch
    {
        Standing.Holds => PassedResult,
        Standing.Breach or Standing.Untold => FailedResult,
        _ => WarnedResult,
    };

    private static ControlDescriptor FindKnown(ControlId id, IReadOnlyList<ControlDescriptor> catalogue) =>
        catalogue.FirstOrDefault(control => control.Id == id)
        ?? throw new AttestationException(
            $"Control {id} was planned, but this program does not know it. Use the version of the program that recorded the run.");
}
