using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Runs.Attestation;

/// <summary>Looks whether what a bundle says about a run follows from the observations in it.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="catalogue">All controls of this program.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class BundleChecks(ReplayedBundle bundle, IReadOnlyList<ControlDescriptor> catalogue, TimeProvider timeProvider)
{
    // Times differ between a run and its replay; texts of the catalogue and of values files are no observations.
    private static readonly HashSet<string> NotObserved =
        ["seconds", "phases", "title", "source", "remediation", "declared", "disruptive"];

    // Another build of the program may word reasons differently and know more members; what it found must still be the same.
    private static readonly HashSet<string> Found =
    [
        "runId", "profile", "verdict", "standIn", "digests", "kind", "name", "sha256", "notRun", "results", "id", "revision", "level",
        "outcome", "findings", "subject",
    ];

    /// <summary>All of them.</summary>
    /// <param name="cancellationToken">Ends the observing.</param>
    public async Task<IReadOnlyList<VerificationCheck>> RunAsync(CancellationToken cancellationToken) =>
        [CheckParts(), CheckControls(), await CheckResultsAsync(), await CheckSubjectsAsync(cancellationToken)];

    private VerificationCheck CheckParts() =>
        new("parts", $"{bundle.Bundle.Parts.Count} parts, each with the size and hash that the bundle lists", []);

    private VerificationCheck CheckControls()
    {
        var plan = AttestationJson.ParseObject(
            bundle.Bundle.Require(BundleLayout.Plan), $"Part '{BundleLayout.Plan}' of bundle '{bundle.Bundle.Name}'");
        var expected = bundle.Report.Planned.Select(id => id.ToString()).ToList();
        var planned = (plan["planned"] as JsonArray ?? []).Select(id => id?.ToString() ?? "null").ToList();
        return new VerificationCheck(
            "controls",
            $"{expected.Count} planned, all reported, all of {bundle.Report.Profile} and known to this program",
            [
                .. RecordedControls.FindProblems(bundle.Recorded, bundle.Report.Planned, catalogue),
                .. planned.Except(expected).Select(id => $"{id} is in the plan, but {bundle.Report.Profile} does not give it"),
                .. expected.Except(planned).Select(id => $"{id} is not in the plan, but {bundle.Report.Profile} gives it"),
            ]);
    }

    private async Task<VerificationCheck> CheckResultsAsync()
    {
        var expected = JsonNode.Parse(Encoding.UTF8.GetBytes(await new JsonReportWriter().RenderAsync(bundle.Report)));
        var differences =
            JsonDifference.ListBetween(
                bundle.Recorded, expected, bundle.OfOtherBuild ? Found.Contains : name => !NotObserved.Contains(name));
        return new VerificationCheck(
            "results",
            $"judging the observations again gives what was recorded for {bundle.Report.Results.Count - bundle.Revised.Unverified.Count} "
                + "controls",
            [.. differences.Select(one => $"{one.Path} is {one.Found ?? "not there"}; the observations give {one.Expected ?? "nothing"}")]);
    }

    private async Task<VerificationCheck> CheckSubjectsAsync(CancellationToken cancellationToken)
    {
        var target = new RecordedStages(new BundleEvidence(bundle.Bundle), timeProvider, reparse: false).ToTarget();
        var observed = await SubjectDigests.ListAsync(target, cancellationToken);
        List<string> problems =
        [
            .. bundle.Record.Digests.Except(observed).Select(digest => $"{Show(digest)} is in the record of the run, but was not observed"),
            .. observed.Except(bundle.Record.Digests).Select(digest => $"{Show(digest)} was observed, but is not in the record of the run"),
        ];
        if (await IsStandInAsync(target, cancellationToken) is { } standIn && standIn != bundle.Record.StandIn)
        {
            problems.Add(standIn
                ? "a stand-in was observed, but the record of the run does not say so"
                : "the record of the run speaks of a stand-in that was not observed");
        }

        if (bundle.Report.Verdict == Verdict.Conformant && observed.All(digest => digest.Kind != SubjectKind.Chart))
        {
            problems.Add("the verdict is Conformant, but it was not observed which chart was installed");
        }

        return new VerificationCheck(
            "subjects", $"{observed.Count} digests of chart, values, setup, patches and images are those that were observed", problems);
    }

    private static async Task<bool?> IsStandInAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            return (await target.ObserveAsync(ObservationKinds.Release, cancellationToken)).StandIn;
        }
        catch (ObservationUnavailableException)
        {
            // Nothing was installed; the results say so.
            return null;
        }
    }

    private static string Show(SubjectDigest digest) => $"{digest.Kind} '{digest.Name}' (sha256 {digest.Sha256})";
}

/// <summary>Compares the controls that results speak of with those that were planned and those that exist.</summary>
internal static class RecordedControls
{
    /// <summary>What does not fit, one sentence each.</summary>
    /// <param name="results">The recorded results.</param>
    /// <param name="planned">The controls of the recorded profile that the run was to verify.</param>
    /// <param name="catalogue">All controls.</param>
    public static IReadOnlyList<string> FindProblems(
        JsonObject results, IReadOnlyList<ControlId> planned, IReadOnlyList<ControlDescriptor> catalogue)
    {
        var reported =
            ListIds(results["results"], entry => (entry as JsonObject)?["id"]).Concat(ListIds(results["notRun"], entry => entry)).ToList();
        var known = catalogue.Select(control => control.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var expected = planned.Select(id => id.ToString()).ToList();
        return
        [
            .. reported.Where(id => !known.Contains(id)).Select(id => $"{id} is among the results, but there is no such control"),
            .. reported.Where(known.Contains).Except(expected).Select(id => $"{id} is among the results, but was not planned"),
            .. expected.Except(reported).Select(id => $"{id} was planned, but is not among the results"),
            .. reported.GroupBy(id => id)
                .Where(group => group.Count() > 1)
                .Select(group => $"{group.Key} is among the results {group.Count()} times"),
        ];
    }

    private static IEnumerable<string> ListIds(JsonNode? list, Func<JsonNode?, JsonNode?> idOf) =>
        (list as JsonArray ?? [])
            .Select(entry => idOf(entry) is JsonValue value && value.TryGetValue<string>(out var id) ? id : "a result without an id");
}
