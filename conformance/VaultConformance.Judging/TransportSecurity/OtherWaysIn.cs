using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// What leads to other pods of the namespace than servers: published outside the cluster, or beside the servers. Such a pod may end TLS and
/// begin it anew towards Vault; only who declares its containers can say that it does not.
/// </summary>
/// <param name="objects">The objects of the release.</param>
/// <param name="declared">Containers that the profile declares.</param>
internal sealed class OtherWaysIn(AdmittedObjects objects, IReadOnlyList<string> declared)
{
    private const string Expected = "to server pods only, or to declared containers";

    /// <summary>
    /// Judges every Service that selects pods; nothing for those that lead to servers only, and for those that nobody outside can reach.
    /// </summary>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge()
    {
        var pods = ReleasePods.List(objects).Where(pod => pod.Pod.Status?.Phase is not ("Succeeded" or "Failed")).ToList();
        var servers = ServerServices.List(objects).ToHashSet();
        return
        [
            .. from service in objects.Services
            where service.Spec.Selector is { Count: > 0 }
            let others = pods.Where(pod => !IsServer(pod.Pod) && ServerServices.Selects(service, pod.Pod)).ToList()
            let ways = ListWays(service).ToList()
            where servers.Contains(service) ? others.Count > 0 : ways.Count > 0
            select ($"service/{service.Metadata.Name}", Judge(
                service.Metadata.Name, servers.Contains(service) ? ["which leads to servers, too"] : ways, others)),
        ];
    }

    private Judgement Judge(string service, List<string> ways, List<ReleasePod> others)
    {
        var fact = $"where Service '{service}' leads ({string.Join(", ", ways)})";
        if (others.Count == 0)
        {
            return Judgement.Unknown(fact, Expected, "to no pod that is there; what it will select may end TLS before Vault. Remove it");
        }

        var names = string.Join(", ", others.Select(pod => pod.Subject));
        return others.TrueForAll(pod => ListRunningContainers(pod.Pod.Spec).All(declared.Contains))
            ? Judgement.Irrelevant(fact, $"to {names}, whose containers are declared in the profile")
            : Judgement.Unknown(
                fact,
                Expected,
                $"to {names}, which may end TLS before Vault. Remove it, or declare its containers in the profile (declaredContainers)");
    }

    /// <summary>By what somebody outside the cluster reaches a Service.</summary>
    private IEnumerable<string> ListWays(V1Service service)
    {
        var name = new HashSet<string>([service.Metadata.Name], StringComparer.Ordinal);
        var routes = new OffloadingRoutes(objects, name);
        return service.ListWaysOut()
            .Concat(OffloadingServices.ListPublishingWays(service).Select(annotation => $"annotation {annotation.Split('=')[0]}"))
            .Concat(objects.Ingresses.Where(ingress => ingress.LeadsTo(name)).Select(ingress => $"Ingress '{ingress.Metadata.Name}'"))
            .Concat(objects.Routes
                .Where(routes.LeadsHere)
                .Select(route => $"{JsonText.Find(route, "kind")} '{JsonText.Find(route["metadata"], "name")}'"));
    }

    private static IEnumerable<string> ListRunningContainers(V1PodSpec spec) =>
    [
        .. (spec.Containers ?? []).Select(container => container.Name),
        .. (spec.InitContainers ?? []).Where(container => container.RestartPolicy == "Always").Select(container => container.Name),
        .. (spec.EphemeralContainers ?? []).Select(container => container.Name),
    ];

    private static bool IsServer(V1Pod pod) =>
        pod.Metadata.Labels?.TryGetValue(AdmittedObjects.ComponentLabel, out var component) == true
            && component == AdmittedObjects.ServerComponent;
}
