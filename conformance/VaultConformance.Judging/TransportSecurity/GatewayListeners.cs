using System.Text.Json.Nodes;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the listeners of Gateways that a route is attached to pass TLS through: the route itself does not say so.</summary>
/// <param name="gateways">The Gateways; null when they were not read.</param>
internal sealed class GatewayListeners(IReadOnlyList<JsonObject>? gateways)
{
    private const string Fact = "TLS of the route";
    private const string Expected = "TLS passed through to the pod";

    /// <summary>Judges a TLSRoute or TCPRoute.</summary>
    /// <param name="route">The route.</param>
    public Judgement Judge(JsonObject route)
    {
        var parents = (route["spec"]?["parentRefs"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var judged = parents.Select(parent => JudgeParent(route, parent)).ToList();
        return judged.Find(judgement => judgement.Outcome == Reporting.Model.Outcome.Failed)
            ?? judged.Find(judgement => judgement.Outcome == Reporting.Model.Outcome.Inconclusive)
            ?? judged.FirstOrDefault()
            ?? Judgement.Unknown(Fact, Expected, $"{JsonText.Find(route, "kind")} names no Gateway (parentRefs)");
    }

    private Judgement JudgeParent(JsonObject route, JsonObject parent)
    {
        var name = JsonText.Find(parent, "name");
        var home = JsonText.Find(parent, "namespace") ?? JsonText.Find(route["metadata"], "namespace");
        if ((JsonText.Find(parent, "kind") ?? "Gateway") != "Gateway")
        {
            return Judgement.Unknown(
                Fact, Expected, $"the parent '{name}' is a {JsonText.Find(parent, "kind")}; whether it ends TLS is not known");
        }

        if (gateways is null)
        {
            return Judgement.Unknown(Fact, Expected, $"Gateway '{name}' was not read, and its listener decides whether TLS ends there");
        }

        return gateways.FirstOrDefault(candidate => JsonText.Find(candidate["metadata"], "name") == name && IsAt(candidate, home))
            is { } gateway
            ? JudgeListeners(name, ListAttached(route, parent, gateway))
            : Judgement.Unknown(Fact, Expected, $"there is no Gateway '{name}' that could be read");
    }

    private static Judgement JudgeListeners(string? gateway, List<JsonObject> listeners)
    {
        if (listeners.Count == 0)
        {
            return Judgement.Unknown(Fact, Expected, $"Gateway '{gateway}' has no listener that this route can be attached to");
        }

        var ending = listeners.FirstOrDefault(listener => !Passes(listener));
        return Judgement.Of(Fact, ending is null, Expected, ending is null
            ? $"Gateway '{gateway}', {string.Join(", ", listeners.Select(Describe))}"
            : $"ended by Gateway '{gateway}', {Describe(ending)}")
            .Saying(found => $"TLS is {found}; it must be passed through to the pod.");
    }

    private static List<JsonObject> ListAttached(JsonObject route, JsonObject parent, JsonObject gateway)
    {
        var (section, port) = (JsonText.Find(parent, "sectionName"), JsonText.Find(parent, "port"));
        string[] protocols =
            JsonText.Find(route, "kind")?.StartsWith("tcp", StringComparison.OrdinalIgnoreCase) == true ? ["TCP", "TLS"] : ["TLS"];
        return
        [
            .. (gateway["spec"]?["listeners"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(listener => (section is null || JsonText.Find(listener, "name") == section)
                    && (port is null || JsonText.Find(listener, "port") == port))
                .Where(listener => section is not null || protocols.Contains(JsonText.Find(listener, "protocol"))),
        ];
    }

    private static bool Passes(JsonObject listener) => JsonText.Find(listener, "protocol") switch
    {
        "TCP" => true,
        "TLS" => JsonText.Find(listener["tls"], "mode") == "Passthrough",
        _ => false,
    };

    private static string Describe(JsonObject listener) =>
        $"listener '{JsonText.Find(listener, "name")}' ({JsonText.Find(listener, "protocol")}, TLS mode "
            + $"{JsonText.Find(listener["tls"], "mode") ?? "not set"})";

    private static bool IsAt(JsonObject gateway, string? home) =>
        home is null || JsonText.Find(gateway["metadata"], "namespace") is not { } place || place == home;
}

/// <summary>Reads texts out of objects of unknown shape.</summary>
internal static class JsonText
{
    /// <summary>A member as text; null when there is none, or no plain value.</summary>
    /// <param name="node">The object.</param>
    /// <param name="member">Name of the member.</param>
    public static string? Find(JsonNode? node, string member) =>
        node is JsonObject item && item[member] is JsonValue value ? value.ToString() : null;
}
