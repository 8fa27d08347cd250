using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether every way into the release that the objects open was gone.</summary>
/// <param name="objects">The objects of the release.</param>
public sealed class WaysIn(AdmittedObjects objects)
{
    private static readonly string[] Outside = ["LoadBalancer", "Ingress", "Route", "ExternalIP", "HostPort"];

    // How the ways are called that objects open.
    private static readonly string[] Recorded = ["service/", "ingress/", "route/"];

    private readonly IngressControllers _controllers = new(objects.IngressClasses);

    /// <summary>
    /// What can be said of a way that nobody went. Inside the cluster a Service without a ready pod leads nowhere; outside something may
    /// wait in front of it.
    /// </summary>
    /// <param name="path">The way.</param>
    /// <param name="fact">What was to be seen.</param>
    /// <param name="expected">What was expected.</param>
    public Judgement JudgeUnseen(PathEndpoint path, string fact, string expected)
    {
        if (!Outside.Contains(path.Kind))
        {
            return path.Ready
                ? Judgement.Unknown(fact, expected, "something is behind this path, and what it answers was not recorded")
                : ListBehind(path) is { Count: > 0 } pods
                    ? Judgement.Unknown(
                        fact, expected, $"nobody went this way, although {string.Join(", ", pods)} stands behind it and is ready")
                    : Judgement.Irrelevant(fact, "nothing is behind this path");
        }

        var ingress = objects.Ingresses.FirstOrDefault(
            candidate => path.Name.StartsWith($"ingress/{candidate.Metadata.Name}:", StringComparison.Ordinal));
        return ingress is not null && _controllers.ExplainUnserved(ingress) is { } reason
            ? Judgement.Irrelevant(fact, reason)
            : Judgement.Unknown(fact, expected, $"nobody went this way ({path.Address}): it has no address yet, or no ready pod is behind "
                + "it. Wait for the address and run again");
    }

    /// <summary>Judges whether all ways are there, and at least one of them was gone.</summary>
    /// <param name="facts">The ways.</param>
    public IEnumerable<Judgement> Judge(PathFacts facts)
    {
        const string Fact = "ways into the release that were gone";
        var api = facts.Paths.Where(path => path.Purpose != PortPurpose.Cluster).ToList();
        var gone = api.Count(path => path.Ready);
        yield return gone > 0
            ? Judgement.Of(Fact, true, "at least one", $"{gone} of {api.Count}")
            : Judgement.Unknown(
                Fact, "at least one", api.Count == 0 ? "there is none" : $"none of {api.Count}, because nothing was ready behind them");
        foreach (var path in facts.Paths.Where(path => path.Purpose == PortPurpose.Cluster && LeadsToApi(path)))
        {
            yield return Judgement.Unknown(
                $"purpose of {path.Name}",
                "Vault's API, as the Service says",
                "it was gone as if it led to the cluster port, so that less was asked of it");
        }

        var missing =
            ListExpected().Where(prefix => !facts.Paths.Any(path => path.Name.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        if (missing.Count > 0)
        {
            yield return Judgement.Unknown("ways into the release that were not checked", "none", string.Join(", ", missing));
        }

        foreach (var judgement in JudgeKnown(facts))
        {
            yield return judgement;
        }
    }

    /// <summary>
    /// Judges whether the objects hold every Service, Ingress and route whose way was gone, and every Service that names the pods.
    /// </summary>
    /// <param name="facts">The ways; null when they were not recorded.</param>
    public IEnumerable<Judgement> JudgeKnown(PathFacts? facts)
    {
        var known = objects.Services.Select(
            service => $"service/{service.Metadata.Name}").Concat(objects.Ingresses.Select(ingress => $"ingress/{ingress.Metadata.Name}"))
            .Concat(objects.Routes.Select(route => $"route/{route.FindName()}")).ToHashSet(StringComparer.Ordinal);
        var gone = (facts?.Paths ?? [])
            .Select(path => path.Name.Split(':')[0])
            .Where(name => Array.Exists(Recorded, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        var naming = objects.ServerPods
            .Select(pod => pod.Spec.Subdomain)
            .OfType<string>()
            .Where(name => name.Length > 0)
            .Select(name => $"service/{name}");
        var strange = gone.Concat(naming).Where(name => !known.Contains(name)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (strange.Count > 0)
        {
            yield return Judgement.Unknown(
                "Services, Ingresses and routes that the objects do not hold",
                "none",
                $"{string.Join(", ", strange)}: the objects are not all there are");
        }
    }

    private bool LeadsToApi(PathEndpoint path) => objects.Services.Any(service => (service.Spec.Ports ?? []).Any(port =>
        path.Name.Split(' ')[0] == $"service/{service.Metadata.Name}:{port.Port}"
            && (port.TargetPort?.Value ?? $"{port.Port}") is "8200" or "http" or "https"));

    /// <summary>The pods that a Service leads to now, by the same rule as the cluster's.</summary>
    private List<string> ListBehind(PathEndpoint path)
    {
        var service = objects.Services.FirstOrDefault(
            candidate => path.Name.StartsWith($"service/{candidate.Metadata.Name}:", StringComparison.Ordinal));
        return service is null
            ? []
            : [
                .. objects.ServerPods
                    .Where(pod => ServerServices.Selects(service, pod)
                        && (service.Spec.PublishNotReadyAddresses == true || ServerStates.IsReady(pod)))
                    .Select(pod => pod.Metadata.Name)
            ];
    }

    /// <summary>How the names of the ways begin that these objects open.</summary>
    private IEnumerable<string> ListExpected()
    {
        var services = ReleaseServices.List(objects);
        foreach (var service in services)
        {
            foreach (var port in (service.Spec.Ports ?? []).Where(port => port.Protocol is null or "TCP"))
            {
                var name = $"service/{service.Metadata.Name}:{port.Port}";
                yield return name;
                foreach (var kind in ListPublished(service))
                {
                    yield return $"{name} ({kind})";
                }
            }
        }

        foreach (var ingress in objects.Ingresses.Where(
            ingress => ingress.LeadsTo(services.Select(service => service.Metadata.Name).ToHashSet())))
        {
            yield return $"ingress/{ingress.Metadata.Name}:";
        }
    }

    private static IEnumerable<string> ListPublished(V1Service service)
    {
        if (service.Spec.Type == "LoadBalancer")
        {
            yield return "load balancer";
        }

        if (service.Spec.ExternalIPs is { Count: > 0 })
        {
            yield return "external IP";
        }
    }
}
