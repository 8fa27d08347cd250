using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Reads switches of the configuration that a server loaded.</summary>
internal static class ServerSwitches
{
    private static readonly string[] Exposing = ["raw_storage_endpoint", "introspection_endpoint", "enable_unauthenticated_access"];

    // A path of the API without a token, in which block of a listener it is opened.
    private static readonly (string Block, string Name, bool Metrics)[] OfListeners =
    [
        ("telemetry", "unauthenticated_metrics_access", true),
        ("profiling", "unauthenticated_pprof_access", false),
        ("profiling", "unauthenticated_in_flight_request_access", false),
        ("inflight_requests_logging", "unauthenticated_in_flight_requests_access", false),
    ];

    /// <summary>Judges the switches that open parts of the API.</summary>
    /// <param name="state">What the server loaded.</param>
    /// <param name="metricsDeclared">True where the profile declares that metrics are open.</param>
    public static IEnumerable<Judgement> JudgeExposure(VaultServerState state, bool metricsDeclared)
    {
        const string Fact = "switches that open parts of the API";
        if (state.SanitizedConfig is not { } config)
        {
            yield return Judgement.Unknown(Fact, "off", state.SanitizedConfigProblem ?? "the configuration was not read");
            yield break;
        }

        var on = Exposing.Where(name => IsOn(config[name])).Concat(
            from listener in state.Listeners
            from item in OfListeners
            where !(item.Metrics && metricsDeclared)
            where IsOn((listener["config"] as JsonObject)?[item.Name]) || IsOn(Find(listener["config"]?[item.Block], item.Name))
            select item.Name);
        yield return Judgement.None(Fact, on.Distinct(StringComparer.Ordinal))
            .Saying(found => $"The configuration opens parts of the API: {found}.");
    }

    /// <summary>Whether a setting is switched on.</summary>
    /// <param name="node">The setting; null when it is not set.</param>
    public static bool IsOn(JsonNode? node) => node?.ToString().ToLowerInvariant() is "true" or "1" or "\"true\"";

    private static JsonNode? Find(JsonNode? block, string name) => block switch
    {
        JsonObject one => one[name],
        JsonArray several => several.OfType<JsonObject>().Select(item => item[name]).FirstOrDefault(item => item is not null),
        _ => null,
    };
}
