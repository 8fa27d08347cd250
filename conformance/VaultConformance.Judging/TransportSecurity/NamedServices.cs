using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// How texts of other objects name Services of the release: by their names, their names in the cluster, the names of pods behind them, or
/// their addresses; all of that also as host of a URL and with a port.
/// </summary>
/// <param name="objects">The objects of the release.</param>
/// <param name="services">Names of the Services that are looked for.</param>
internal sealed class NamedServices(AdmittedObjects objects, IReadOnlySet<string> services)
{
    private readonly string? _namespace = objects.FindNamespaceName();

    /// <summary>The Service that a text names, and the port behind it; null when it names none.</summary>
    /// <param name="text">Any text.</param>
    public (string Service, string? Port)? Find(string text)
    {
        var (host, port) = Place(text);
        return (FindByName(host) ?? FindByAddress(host)) is { } service ? (service, port) : null;
    }

    /// <summary>Host and port of a text: of a URL, or of the text itself.</summary>
    /// <param name="text">Any text.</param>
    public static (string Host, string? Port) Place(string text)
    {
        var place = text[(text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/', '?', '#')[0];
        place = place[(place.LastIndexOf('@') + 1)..];
        var end =
            place is ['[', ..] ? place.IndexOf(']') + 1 : place.Count(letter => letter == ':') > 1 ? place.Length : place.IndexOf(':');
        var (host, rest) = end > 0 ? (place[..end], place[end..]) : (place, string.Empty);
        return (host.Trim('[', ']').TrimEnd('.').ToLowerInvariant(), rest is [':', _, ..] ? rest[1..] : null);
    }

    private string? FindByName(string host)
    {
        var parts = host.Split('.');
        if (services.Contains(parts[0]) && IsHere(parts[1..]))
        {
            return parts[0];
        }

        return parts.Length > 1
            && services.Contains(parts[1])
            && IsHere(parts[2..])
            && objects.Pods.Any(pod => pod.Metadata.Name == parts[0]) ? parts[1] : null;
    }

    private bool IsHere(string[] rest) =>
        rest is [] || ((_namespace is null || rest[0] == _namespace) && (rest.Length == 1 || rest[1] == "svc"));

    private string? FindByAddress(string host) =>
        objects.Services.Where(service => services.Contains(service.Metadata.Name) && ListAddresses(service).Contains(host))
            .Select(service => service.Metadata.Name).FirstOrDefault();

    private IEnumerable<string> ListAddresses(V1Service service) =>
    [
        .. (service.Spec.ClusterIPs ?? [])
            .Append(service.Spec.ClusterIP)
            .Concat(service.Spec.ExternalIPs ?? [])
            .OfType<string>()
            .Where(address => address is not ("" or "None")),
        .. objects.Pods.Where(pod => ServerServices.CanSelect(service, pod)).Select(pod => pod.Status?.PodIP).OfType<string>(),
    ];
}
