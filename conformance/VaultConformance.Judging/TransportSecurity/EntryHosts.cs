using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// The host names by which clients outside the cluster reach the pods' own certificate: those of everything that passes TLS through.
/// </summary>
/// <param name="objects">The objects of the release.</param>
internal sealed partial class EntryHosts(AdmittedObjects objects)
{
    private const string DnsAnnotation = "external-dns.alpha.kubernetes.io/hostname";

    private readonly IReadOnlySet<string> _services = ReleaseServices.ListNames(objects);

    /// <summary>All of them, with what declares them.</summary>
    public IEnumerable<RequiredName> ListAll() => ListIngresses().Concat(ListRoutes()).Concat(ListServices());

    private IEnumerable<RequiredName> ListIngresses() =>
        from ingress in objects.Ingresses
        where ingress.LeadsTo(_services) && IngressControllers.FindPassthrough(ingress) is not null
        from rule in ingress.Spec.Rules ?? []
        where rule.Host is { Length: > 0 }
        select new RequiredName(rule.Host, $"host of Ingress '{ingress.Metadata.Name}', which passes TLS through to the pod");

    private IEnumerable<RequiredName> ListRoutes() =>
        from route in objects.Routes
        let name = $"{JsonText.Find(route, "kind")} '{JsonText.Find(route["metadata"], "name")}'"
        where new OffloadingRoutes(objects, _services).LeadsHere(route)
        from host in ListHosts(route)
        select new RequiredName(host, $"host of {name}, which passes TLS through to the pod");

    private static IEnumerable<string> ListHosts(JsonObject route) => JsonText.Find(route, "kind")?.ToUpperInvariant() switch
    {
        "ROUTE" or "ROUTES" => JsonText.Find(route["spec"]?["tls"], "termination") == "passthrough"
            && JsonText.Find(route["spec"], "host") is { Length: > 0 } host ? [host] : [],
        "TLSROUTE" or "TLSROUTES" => (route["spec"]?["hostnames"] as JsonArray ?? []).Select(name => name?.ToString()).OfType<string>(),
        "INGRESSROUTETCP" or "INGRESSROUTETCPS" => (route["spec"]?["routes"] as JsonArray ?? [])
            .Select(rule => JsonText.Find(rule, "match")).OfType<string>()
            .SelectMany(match => ServerName.Matches(match)).Select(match => match.Groups[1].Value).Where(name => name != "*"),
        "VIRTUALSERVICE" or "VIRTUALSERVICES" =>
            (route["spec"]?["tls"] as JsonArray ?? []).SelectMany(rule => rule?["match"] as JsonArray ?? [])
                .SelectMany(match => match?["sniHosts"] as JsonArray ?? [])
                .Select(name => name?.ToString())
                .OfType<string>()
                .Where(name => name != "*")
                .Distinct(),
        _ => [],
    };

    private IEnumerable<RequiredName> ListServices() =>
        from service in ReleaseServices.List(objects)
        from name in service.Metadata.Annotations?.TryGetValue(DnsAnnotation, out var names) == true
            ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : []
        select new RequiredName(name, $"name that is published for Service '{service.Metadata.Name}' ({DnsAnnotation})");

    /// <summary>The names of Traefik's rule <c>HostSNI(`name`)</c>.</summary>
    [GeneratedRegex(@"HostSNI\(\s*[`""]([^`""]+)[`""]", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName { get; }
}
