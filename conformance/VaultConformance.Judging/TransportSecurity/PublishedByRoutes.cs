using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether an Ingress or a route publishes the cluster port. Kinds differ in where they name a Service and its port; all of them put the port beside the
/// name or behind it, except OpenShift's Route.
/// </summary>
/// <param name="objects">The objects of the release.</param>
/// <param name="clusterPorts">The cluster ports.</param>
/// <param name="peers">Peers of a replication, from the profile.</param>
internal sealed class PublishedByRoutes(AdmittedObjects objects, ClusterPorts clusterPorts, IReadOnlyList<string> peers)
{
    private const string Fact = "cluster ports that are published outside the cluster";
    private const string Every = "every port";

    private readonly IReadOnlySet<string> _services = ReleaseServices.Names(objects);
    private readonly NamedServices _named = new(objects, ReleaseServices.Names(objects));

    /// <summary>Judges everything that leads to the release from outside; nothing for what publishes no cluster port.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge() =>
    [
        .. objects.Ingresses.Where(ingress => ingress.LeadsTo(_services))
            .SelectMany(ingress => Judge("Ingress", ingress.Metadata.Name, JsonNode.Parse(KubernetesJson.Serialize(ingress.Spec)))),
        .. objects.Routes.Where(route => !IsForMesh(route) && !route.IsHarmless() && !MeshKinds.Know(route))
            .SelectMany(route => Judge(route.Kind(), route.Name() ?? "?", route["spec"]).Concat(JudgeExport(route))),
        .. new UnknownEnds(objects).JudgePorts(),
        .. OffloadingRoutes.Unread(objects).Select(judgement => ("namespace", judgement)),
    ];

    private IEnumerable<(string Subject, Judgement Judgement)> Judge(string kind, string name, JsonNode? spec)
    {
        var fixedPort = kind.StartsWith("Route", StringComparison.OrdinalIgnoreCase) ? Port(spec?["port"]?["targetPort"]) ?? Every : null;
        var published = Targets(spec).Where(target => Leads(target.Service, target.Port ?? fixedPort)).Select(target => target.Port ?? fixedPort).Distinct().ToList();
        if (published.Count == 0)
        {
            yield break;
        }

        var actual = $"{string.Join(", ", published)} by {kind} '{name}'";
        yield return ($"{kind.ToLowerInvariant()}/{name}", (peers.Count, published.TrueForAll(port => port == Every)) switch
        {
            (_, true) => Judgement.Unknown(Fact, "none", $"{actual} names no port, so that its router may take the cluster port too. Name the port of the API"),
            (0, _) => Judgement.Of(Fact, false, "none", actual),
            _ => Judgement.Unknown(Fact, $"to {string.Join(", ", peers)} only (replicationPeers of the profile)", $"{actual}; from where it can be reached is not known"),
        });
    }

    // What publishes a Service by being called like it names no ports, and so publishes all of them.
    private IEnumerable<(string Subject, Judgement Judgement)> JudgeExport(JsonObject route) =>
        new OffloadingRoutes(objects, _services).IsCalledLike(route) && Leads(NamedServices.Place(route.Name()!).Host.Split('.')[0], Every)
            ? [($"{route.Kind().ToLowerInvariant()}/{route.Name()}", Judgement.Unknown(Fact, "none", $"{route.Kind()} '{route.Name()}' is called like the Service, and may publish every port of it"))]
            : [];

    /// <summary>Every place that names a Service of the release, with the port that stands beside it.</summary>
    private IEnumerable<(string Service, string? Port)> Targets(JsonNode? node) => node switch
    {
        JsonObject item => Named(item).Concat(item.SelectMany(member => member.Value is JsonValue ? [] : Targets(member.Value))),
        JsonArray items => items.SelectMany(entry => entry is JsonValue value ? InText(value, null) : Targets(entry)),
        _ => [],
    };

    private IEnumerable<(string Service, string? Port)> Named(JsonObject item)
    {
        var port = Port(item["port"]) ?? Port(item["servicePort"]) ?? Port(item["targetPort"]);
        return item.Select(member => member.Value).OfType<JsonValue>().SelectMany(value => InText(value, port));
    }

    private IEnumerable<(string Service, string? Port)> InText(JsonValue value, string? port)
    {
        if (!value.TryGetValue<string>(out var text))
        {
            return [];
        }

        return _named.Find(text) is { } found ? [(found.Service, found.Port ?? port)] : [];
    }

    // Routes name the port of the Service, by number or name; OpenShift's Route may name that of the pod.
    private bool Leads(string service, string? port) => port is not null && objects.Services.Where(candidate => candidate.Metadata.Name == service)
        .SelectMany(clusterPorts.Of)
        .Any(candidate => port == Every || port == $"{candidate.Port}" || port == candidate.Name || port == candidate.TargetPort?.Value);

    private static string? Port(JsonNode? node) => node switch
    {
        JsonValue value => value.ToString(),
        JsonObject item => Port(item["number"]) ?? Port(item["name"]),
        _ => null,
    };

    // A route whose only parents are Services steers traffic within a mesh and opens nothing.
    private static bool IsForMesh(JsonObject route) =>
        route["spec"]?["parentRefs"] is JsonArray { Count: > 0 } parents && parents.All(parent => JsonText.Of(parent, "kind") == "Service");
}
