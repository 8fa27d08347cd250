using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Ways in that lead to what the objects do not hold: a Service that is not there, one of another namespace, a host outside, an object of a
/// controller. Where such a way ends nobody knows, and it may end TLS before Vault.
/// </summary>
/// <param name="objects">The objects of the release.</param>
internal sealed class UnknownEnds(AdmittedObjects objects)
{
    private readonly HashSet<string> _services =
        objects.Services.Select(service => service.Metadata.Name).ToHashSet(StringComparer.Ordinal);
    private readonly string? _namespace = objects.FindNamespaceName();

    /// <summary>Every way in with such an end, and where it leads.</summary>
    public IEnumerable<(string Subject, string Way, string End)> ListAll() =>
    [
        .. from ingress in objects.Ingresses
           from end in ingress.ListBackends().Where(name => !_services.Contains(name)).Select(DescribeMissing).Distinct()
           select ($"ingress/{ingress.Metadata.Name}", $"Ingress '{ingress.Metadata.Name}'", end),
        .. from route in objects.Routes
           let kind = JsonText.Find(route, "kind") ?? string.Empty
           let name = JsonText.Find(route["metadata"], "name")
           where ForeignKinds.IsWay(kind) && !route.IsHarmless()
           from end in RouteTarget.List(route["spec"]).Select(End).OfType<string>().Distinct()
           select ($"{kind}/{name}", $"{kind} '{name}'", end),
    ];

    /// <summary>Judges them as ways on which TLS may end.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> JudgeTermination() => ListAll().Select(way => (
        way.Subject, Judgement.Unknown(
            $"where {way.Way} leads",
            "to Services that the objects hold",
            $"to {way.End}; what is there may end TLS before Vault. Remove it, or correct where it leads")));

    /// <summary>Judges them as ways that may publish the cluster port.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> JudgePorts() => ListAll().Select(way => (
        way.Subject, Judgement.Unknown(
            "cluster ports that are published outside the cluster", "none", $"where {way.Way} leads is not known: to {way.End}")));

    private string? End(RouteTarget target)
    {
        if (!target.IsService)
        {
            return $"{target.Kind} '{target.Name}', of which nothing is known";
        }

        if (target.Namespace is { } place && place != _namespace)
        {
            return $"Service '{target.Name}' of namespace '{place}', which was not read";
        }

        var host = NamedServices.Place(target.Name).Host;
        var parts = host.Split('.');
        return parts.Length == 1
            ? _services.Contains(host) ? null : DescribeMissing(host)
            : new NamedServices(objects, _services).Find(target.Name) is not null
                ? null
                : $"'{host}', which is not a Service of the objects";
    }

    private static string DescribeMissing(string service) => $"Service '{service}', which the objects do not hold";
}
