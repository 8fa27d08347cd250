using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether an Ingress or a route publishes the cluster port. Kinds differ in where they name a Service and its port; all of them put the
/// port beside the name or behind it, except OpenShift's Route.
/// </summary>
/// <param name="objects">The objects of the release.</param>
/// <param name="clusterPorts">The cluster ports.</param>
/// <param name="peers">Peers of a replication, from the profile.</param>
internal sealed class PublishedByRoutes(AdmittedObjects objects, ClusterPorts clusterPorts, IReadOnlyList<string> peers)
{
    private const string Fact = "cluster ports that are published outside the cluster";
    private const string Every = "every port";

    private readonly IReadOnlySet<string> _services = ReleaseServices.ListNames(objects);
    private readonly NamedServices _named = new(objects, ReleaseServices.ListNames(objects));

    /// <summary>Judges everything that leads to the release from outside; nothing for what publishes no cluster port.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge() =>
    [
        .. objects.Ingresses.Where(ingress => ingress.LeadsTo(_services))
            .SelectMany(ingress => Judge("Ingress", ingress.Metadata.Name, JsonNode.Parse(KubernetesJson.Serialize(ingress.Spec)))),
        .. objects.Routes.Where(route => !IsForMesh(route) && !route.IsHarmless() && !MeshKinds.Know(route))
            .SelectMany(route => Judge(route.GetKind(), route.FindName() ?? "?", route["spec"]).Concat(JudgeExport(route))),
        .. new UnknownEnds(objects).JudgePorts(),
        .. OffloadingRoutes.JudgeUnread(objects).Select(judgement => ("namespace", judgement)),
    ];

    private IEnumerable<(string Subject, Judgement Judgement)> Judge(string kind, string name, JsonNode? spec)
    {
        var fixedPort =
            kind.StartsWith("Route", StringComparison.OrdinalIgnoreCase) ? FindPort(spec?["port"]?["targetPort"]) ?? Every : null;
        var published = ListTargets(spec)
            .Where(target => Leads(target.Service, target.Port ?? fixedPort))
            .Select(target => target.Port ?? fixedPort)
            .Distinct()
            .ToList();
        if (published.Count == 0)
        {
            yield break;
        }

        var actual = $"{string.Join(", ", published)} by {kind} '{name}'";
        yield return ($"{kind.ToLowerInvariant()}/{name}", (peers.Count, published.TrueForAll(port => port == Every)) switch
        {
            (_, true) => Judgement.Unknown(
                Fact, "none", $"{actual} names no port, so that its router may take the cluster port too. Name the port of the API"),
            (0, _) => Judgement.Of(Fact, false, "none", actual)
                .Saying($"The cluster port is published outside the cluster: {actual}."),
            _ =>
                Judgement.Unknown(
                    Fact,
                    $"to {string.Join(", ", peers)} only (replicationPeers of the profile)",
                    $"{actual}; from where it can be reached is not known"),
        });
    }

    // What publishes a Service by being called like it names no ports, and so publishes all of them.
    private IEnumerable<(string Subject, Judgement Judgement)> JudgeExport(JsonObject route) =>
        new OffloadingRoutes(objects, _services).IsCalledLike(route)
            && Leads(NamedServices.Place(route.FindName()!).Host.Split('.')[0], Every)
            ? [($"{route.GetKind().ToLowerInvariant()}/{route.FindName()}", Judgement.Unknown(
                Fact, "none", $"{route.GetKind()} '{route.FindName()}' is called like the Service, and may publish every port of it"))]
            : [];

    /// <summary>Every place that names a Service of the release, with the port that stands beside it.</summary>
    private IEnumerable<(string Service, string? Port)> ListTargets(JsonNode? node) => node switch
    {
        JsonObject item => ListNamed(item).Concat(item.SelectMany(member => member.Value is JsonValue ? [] : ListTargets(member.Value))),
        JsonArray items => items.SelectMany(entry => entry is JsonValue value ? ListInText(value, null) : ListTargets(entry)),
        _ => [],
    };

    private IEnumerable<(string Service, string? Port)> ListNamed(JsonObject item)
    {
        var port = FindPort(item["port"]) ?? FindPort(item["servicePort"]) ?? FindPort(item["targetPort"]);
        return item.Select(member => member.Value).OfType<JsonValue>().SelectMany(value => ListInText(value, port));
    }

    private IEnumerable<(string Service, string? Port)> ListInText(JsonValue value, string? port)
    {
        if (!value.TryGetValue<string>(out var text))
        {
            return [];
        }

        return _named.Find(text) is { } found ? [(found.Service, found.Port ?? port)] : [];
    }

    // Routes name the port of the Service, by number or name; OpenShift's Route may name that of the pod.
    private bool Leads(string service, string? port) =>
        port is not null && objects.Services.Where(candidate => candidate.Metadata.Name == service)
            .SelectMany(clusterPorts.List)
            .Any(
                candidate => port == Every || port == $"{candidate.Port}" || port == candidate.Name || port == candidate.TargetPort?.Value);

    private static string? FindPort(JsonNode? node) => node switch
    {
        JsonValue value => value.ToString(),
        JsonObject item => FindPort(item["number"]) ?? FindPort(item["name"]),
        _ => null,
    };

    // A route whose only parents are Services steers traffic within a mesh and opens nothing.
    private static bool IsForMesh(JsonObject route) =>
        route["spec"]?["parentRefs"] is JsonArray { Count: > 0 } parents
            && parents.All(parent => JsonText.Find(parent, "kind") == "Service");
}
