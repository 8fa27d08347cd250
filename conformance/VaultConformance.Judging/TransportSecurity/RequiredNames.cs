using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>The names by which commands in the pod, the servers among themselves and clients reach a server.</summary>
/// <param name="pod">The pod.</param>
/// <param name="objects">The objects of the release.</param>
/// <param name="configurations">What the server was started with; empty when it is not known.</param>
internal sealed class RequiredNames(ServerPod pod, AdmittedObjects objects, IReadOnlyList<ServerConfiguration> configurations)
{
    private const string Local = "address that commands and probes in the pod use";
    private static readonly IReadOnlyList<string> LocalAddress = ServerProduct.ListVariables("ADDR");
    private static readonly IReadOnlyList<string> ApiAddress = ServerProduct.ListVariables("API_ADDR");

    private readonly ClusterPorts _clusterPorts = new(pod.Container, ClusterPorts.List(configurations));

    /// <summary>All of them.</summary>
    /// <param name="externalHosts">Host names outside the cluster, from the profile.</param>
    public IReadOnlyList<RequiredName> ListAll(IReadOnlyList<string> externalHosts) =>
    [
        .. ListAddresses(LocalAddress)
            .Select(url => RequiredName.From(url, Local) with { Ports = [UrlHosts.GetPort(url)] })
            .DefaultIfEmpty(new RequiredName("127.0.0.1", Local)),
        .. ReleaseServices.List(objects).Where(service => !service.IsHeadless()).SelectMany(ListForService),
        .. ListPeers(),
        .. Redirects(),
        .. new EntryHosts(objects).ListAll(),
        .. externalHosts.Select(host => new RequiredName(host, "external host of the profile")),
    ];

    /// <summary>
    /// Clients in the cluster use the main Service by its full name; the short forms and the other Services are for some of them.
    /// </summary>
    private IEnumerable<RequiredName> ListForService(V1Service service)
    {
        var name = service.Metadata.Name;
        var place = objects.FindNamespaceName();
        var spoken = (service.Spec.Ports ?? []).Where(port => port.Protocol is null or "TCP").ToList();
        if (spoken.Count == 0 && service.Spec.Ports is { Count: > 0 })
        {
            // Over UDP nobody asks for this certificate.
            return [];
        }

        IReadOnlyList<int> ports = [.. spoken.Select(FindTarget).OfType<int>()];
        if (ports.Count > 0 && spoken.TrueForAll(_clusterPorts.List(service).Contains))
        {
            return [];
        }

        var main = name == ReleaseServices.GetFullName(pod.Name);
        var qualified = new RequiredName($"{name}.{place}.svc", "Service in the cluster", !main) { Ports = ports };
        return main
            ? [
                qualified,
                qualified with { Name = name, Use = "Service in the namespace", Recommended = true },
                qualified with { Name = $"{name}.{place}", Recommended = true }
            ]
            : [qualified];
    }

    private int? FindTarget(V1ServicePort port) => int.TryParse(port.TargetPort?.Value ?? $"{port.Port}", out var number)
        ? number
        : pod.Container.Ports?.FirstOrDefault(candidate => candidate.Name == port.TargetPort?.Value)?.ContainerPort;

    /// <summary>Peers ask for the name that <c>retry_join</c> gives; only without it for the host that they dial.</summary>
    private IEnumerable<RequiredName> ListPeers()
    {
        var joins = RetryJoin.List(configurations);
        foreach (var name in joins.Select(join => join.ServerName).OfType<string>().Distinct())
        {
            yield return new RequiredName(name, "name that retry_join asks for (leader_tls_servername)");
        }

        foreach (var url in joins.Where(join => join.ServerName is null)
            .Select(join => join.Address)
            .OfType<string>()
            .Distinct()
            .Where(url => !IsOfOtherPod(UrlHosts.GetHost(url))))
        {
            yield return RequiredName.From(
                url, "name by which servers join (leader_api_addr of retry_join)") with { Ports = [UrlHosts.GetPort(url)] };
        }

        if (joins.Any(join => join is { ServerName: null, Address: null }) && pod.Admitted.Status?.PodIP is { } address)
        {
            yield return new RequiredName(address, "address by which servers find each other (auto_join without leader_tls_servername)");
        }

        if (joins.Count == 0 || joins.Any(join => join is { ServerName: null, Address: not null }))
        {
            foreach (var service in ReleaseServices.List(objects).Where(service => service.IsHeadless()))
            {
                yield return new RequiredName(
                    $"{pod.Name}.{service.Metadata.Name}", "name by which servers reach each other", objects.ServerPods.Count == 1);
            }
        }
    }

    /// <summary>Standbys pass requests on; only where they must not are clients sent to another address.</summary>
    private IEnumerable<RequiredName> Redirects()
    {
        var redirected = objects.ServerPods.Count > 1
            && configurations.Any(configuration => configuration.Document.Root.FindValue("disable_clustering")?.AsSwitch() == true);
        return ListAddresses(ApiAddress)
            .Concat(configurations.Select(configuration => configuration.Document.Root.FindValue("api_addr")?.AsText()).OfType<string>())
            .Take(1)
            .Select(url => RequiredName.From(
                url,
                redirected
                    ? "address that standbys send clients to, because clustering is disabled"
                    : "address that clients are sent to where a request cannot be passed on (api_addr)",
                !redirected));
    }

    /// <summary>A name of another pod leads to that pod alone: with a certificate for each pod this one need not hold it.</summary>
    private bool IsOfOtherPod(string host) =>
        host.Split('.') is [var first, var second, ..] && first != pod.Name && objects.ServerPods.Any(other => other.Metadata.Name == first)
        && objects.Services.Any(service => service.IsHeadless() && service.Metadata.Name == second);

    private IEnumerable<string> ListAddresses(IReadOnlyList<string> variables) => variables
        .Select(variable => PodVariables.FindValue(pod.Admitted, pod.Container, variable))
        .OfType<string>()
        .Where(value => value.Length > 0);
}
