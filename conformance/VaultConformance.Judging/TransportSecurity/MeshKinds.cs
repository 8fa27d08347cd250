using System.Text.Json.Nodes;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Objects of meshes and of networks whose meaning is known: whether what they ask for ends TLS on the way to the pod.</summary>
/// <param name="selectors">Tells whether an object selects servers.</param>
/// <param name="services">Tells whether an object names Services of the release.</param>
internal sealed class MeshKinds(PodSelectors selectors, Func<JsonNode?, bool> services)
{
    private const string Fact = "TLS behind the proxies of a mesh or network";
    private const string Expected = "left as it is";
    private const string Istio = "networking.istio.io";

    private static readonly string[] Wrapping = ["STRICT", "PERMISSIVE", "DISABLE", "UNSET"];
    private static readonly string[] Passing = ["TLS", "opaque", "unknown"];

    // Without a selector they hold for all pods of the namespace.
    private static readonly (string Group, string Kind)[] Arbitrary =
        [
            (Istio, "envoyfilter"),
            (Istio, "proxyconfig"),
            ("extensions.istio.io", "wasmplugin"),
            ("extensions.istio.io", "trafficextension"),
            ("cilium.io", "ciliumenvoyconfig")
        ];

    /// <summary>True when the meaning of a kind is known.</summary>
    /// <param name="item">The object.</param>
    public static bool Know(JsonObject item) =>
        Array.Exists(Arbitrary, kind => kind == (item.Group(), item.DescribeKindName())) || (item.Group(), item.DescribeKindName()) is
            (Istio, "destinationrule" or "sidecar") or ("security.istio.io", "peerauthentication") or ("policy.linkerd.io", "server")
            or ("cilium.io", "ciliumnetworkpolicy") or ("gateway.networking.k8s.io", "referencegrant");

    /// <summary>Judges an object of such a kind; null when it is not about the release.</summary>
    /// <param name="item">The object.</param>
    public Judgement? Judge(JsonObject item)
    {
        var spec = item["spec"];
        return item.DescribeKindName() switch
        {
            "destinationrule" => services(spec) ? JudgeRule(spec) : null,
            "referencegrant" => JudgeGrant(spec),
            "server" =>
                selectors.AreIn(spec) ? Judge(
                    Array.Exists(Passing, known => known == (JsonText.Find(spec, "proxyProtocol") ?? "unknown")),
                    $"proxyProtocol {JsonText.Find(spec, "proxyProtocol") ?? "not set"}") : null,
            "ciliumnetworkpolicy" => selectors.AreIn(item) ? JudgePolicy(item) : null,
            "peerauthentication" => Selects(spec)
                ? Judge(ListModes(spec, "mtls").All(Wrapping.Contains), "mutual TLS of the mesh around that of the server")
                : null,
            "sidecar" => Selects(spec)
                ? Judge(spec?["ingress"] is not JsonArray { Count: > 0 }, "its listeners (ingress) take what is sent to the pod")
                : null,
            _ => Selects(spec) || services(spec) ? Judge(false, "it changes what the proxies of the pods do") : null,
        };
    }

    private bool Selects(JsonNode? spec) =>
        selectors.AreIn(spec) || (spec?["selector"] is null
            && spec?["workloadSelector"] is null
            && spec?["targetRef"] is null
            && spec?["targetRefs"] is null);

    // SIMPLE and MUTUAL begin TLS in the proxy of the client, to which the client itself then speaks in plaintext.
    private static Judgement JudgeRule(JsonNode? spec)
    {
        var modes = ListModes(spec, "tls").ToList();
        return Judge(
            modes.TrueForAll(mode => mode is "DISABLE" or "ISTIO_MUTUAL"),
            modes.Count == 0 ? "it says nothing of TLS" : $"tls.mode {string.Join(", ", modes)}");
    }

    private static Judgement? JudgeGrant(JsonNode? spec)
    {
        var toServices = (spec?["to"] as JsonArray ?? []).Any(place => JsonText.Find(place, "kind") is null or "Service");
        var from = (spec?["from"] as JsonArray ?? [])
            .Select(place => $"{JsonText.Find(place, "kind")} of namespace '{JsonText.Find(place, "namespace")}'")
            .Distinct();
        return toServices
            ? Judgement.Unknown(
                "routes of other namespaces that may lead to Services of this one",
                "none",
                $"it permits {string.Join(", ", from)}; they were not read, and may end TLS")
            : null;
    }

    private static Judgement JudgePolicy(JsonObject item)
    {
        string[] parts = ["terminatingTLS", "originatingTLS", "listener", "rules"];
        var found = parts.Where(part => Has(item, part)).ToList();
        return Judge(found.Count == 0, found.Count == 0 ? "it says nothing of TLS" : $"it has {string.Join(", ", found)}");
    }

    private static bool Has(JsonNode? node, string member) => node switch
    {
        JsonObject item => item.ContainsKey(member) || item.Any(entry => Has(entry.Value, member)),
        JsonArray items => items.Any(entry => Has(entry, member)),
        _ => false,
    };

    private static IEnumerable<string> ListModes(JsonNode? node, string holder) => node switch
    {
        JsonObject item =>
            item.SelectMany(member => member.Key == holder && member.Value is JsonObject settings
                ? [JsonText.Find(settings, "mode") ?? "UNSET"]
                : ListModes(member.Value, holder))
                .Concat(holder == "mtls" && item["portLevelMtls"] is JsonObject ports
                    ? ports.Select(port => JsonText.Find(port.Value, "mode") ?? "UNSET")
                    : []),
        JsonArray items => items.SelectMany(entry => ListModes(entry, holder)),
        _ => [],
    };

    private static Judgement Judge(bool passes, string actual) =>
        passes ? Judgement.Of(Fact, true, Expected, actual) : Judgement.Unknown(
            Fact, Expected, $"{actual}; whether TLS is left as it is was not judged. Remove it, or show by the profile that it is meant");
}
