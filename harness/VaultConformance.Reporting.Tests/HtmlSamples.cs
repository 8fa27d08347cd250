using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests;

/// <summary>Reports with everything that only the page shows.</summary>
internal static class HtmlSamples
{
    /// <summary>A failed control with sources at the given addresses.</summary>
    public static ConformanceReport Linked(params string[] addresses)
    {
        var result = SampleReports.Result("CORE-1", Outcome.Failed);
        return SampleReports.Of(result with
        {
            Control = result.Control with { Guide = new ControlGuide("Why.", []) { Links = [.. addresses.Select(address => new SourceLink("a source", address))] } },
        });
    }

    /// <summary>Every part of a report that can hold text holds the given one.</summary>
    public static ConformanceReport Full(string text)
    {
        var waiver = new Waiver(text, ControlId.Parse("CORE-1"), new WaiverScope(text, text, text), text, text, text, new DateOnly(2026, 6, 30), text);
        var hostile = SampleReports.Hostile(text);
        var result = hostile.Results[0] with
        {
            Waiver = waiver,
            Declared = [new DeclaredValue(text, text, 7, text)],
            Control = hostile.Results[0].Control with { Guide = new ControlGuide(text, [new GuideSnippet(text, text)]) },
            Findings = [.. hostile.Results[0].Findings, new Finding("vault-0", "x", "y", "z", Outcome.Failed), new Finding(text + "2", "x", "y", "z", Outcome.Passed)],
        };
        return hostile with
        {
            Tool = text,
            Profile = text,
            StandIn = true,
            Results = [result],
            Planned = [.. hostile.Planned, ControlId.Parse("TLS-7")],
            Digests = [new SubjectDigest(SubjectKind.Image, text, text)],
            Waivers = [new WaiverStatus(waiver, WaiverState.Used, text), new WaiverStatus(waiver, WaiverState.Expired, text)],
        };
    }

    /// <summary>Many controls on many pods; every pod says something else, so that no rows can be shared.</summary>
    public static ConformanceReport Big(int controls, int pods, int facts, int textLength) => SampleReports.Of(
    [
        .. from number in Enumerable.Range(1, controls)
           select SampleReports.Result(
               $"F{number / 10}-{(number % 10) + 1}",
               number % 4 == 0 ? Outcome.Failed : Outcome.Passed,
               Requirement.Must,
               [
                   .. from pod in Enumerable.Range(0, pods)
                      from fact in Enumerable.Range(0, facts)
                      let outcome = number % 4 == 0 && pod % 2 == 0 ? Outcome.Failed : Outcome.Passed
                      select new Finding($"vault-{pod}", $"fact {fact} of the control", "what is required", $"pod {pod}: {new string('v', textLength)}", outcome),
               ]),
    ]);
}
