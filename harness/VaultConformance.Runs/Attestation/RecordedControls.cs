using System.Text.Json.Nodes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Attestation;

/// <summary>Compares the controls that results speak of with those that were planned and those that exist.</summary>
internal static class RecordedControls
{
    /// <summary>What does not fit, one sentence each.</summary>
    /// <param name="results">The recorded results.</param>
    /// <param name="planned">The controls of the recorded profile that the run was to verify.</param>
    /// <param name="catalogue">All controls.</param>
    public static IReadOnlyList<string> Problems(JsonObject results, IReadOnlyList<ControlId> planned, IReadOnlyList<ControlDescriptor> catalogue)
    {
        var reported = Ids(results["results"], entry => (entry as JsonObject)?["id"]).Concat(Ids(results["notRun"], entry => entry)).ToList();
        var known = catalogue.Select(control => control.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var expected = planned.Select(id => id.ToString()).ToList();
        return
        [
            .. reported.Where(id => !known.Contains(id)).Select(id => $"{id} is among the results, but there is no such control"),
            .. reported.Where(known.Contains).Except(expected).Select(id => $"{id} is among the results, but was not planned"),
            .. expected.Except(reported).Select(id => $"{id} was planned, but is not among the results"),
            .. reported.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{group.Key} is among the results {group.Count()} times"),
        ];
    }

    private static IEnumerable<string> Ids(JsonNode? list, Func<JsonNode?, JsonNode?> idOf) =>
        (list as JsonArray ?? []).Select(entry => idOf(entry) is JsonValue value && value.TryGetValue<string>(out var id) ? id : "a result without an id");
}
