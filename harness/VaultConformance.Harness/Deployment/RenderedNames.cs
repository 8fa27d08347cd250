using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// The names that the rendered objects ask a certificate for, beyond those that every release has: a name that the harness' own certificate lacks would look
/// like a fault of the values.
/// </summary>
/// <param name="release">The rendered objects.</param>
/// <param name="targetNamespace">Namespace of the release.</param>
internal sealed partial class RenderedNames(RenderedRelease release, string targetNamespace)
{
    private static readonly IReadOnlyList<string> Addresses = ServerProduct.Variables("ADDR", "API_ADDR");
    private static readonly IReadOnlyList<string> PodNames = ServerProduct.Variables("K8S_POD_NAME");
    private static readonly string[] HostKinds = ["Ingress", "Route", "TLSRoute", "IngressRouteTCP"];

    /// <summary>All names of a certificate for the release.</summary>
    internal CertificateNames All()
    {
        var usual = CertificateNames.ForRelease(release.FullName, targetNamespace, release.Replicas);
        return usual with { Names = [.. usual.Names.Union(Services().Concat(Hosts()).Concat(Urls().SelectMany(HostsOf)).Concat(ServerNames()).Where(IsName), StringComparer.Ordinal)] };
    }

    private IEnumerable<string> Services() => release.OfKind("Service")
        .Where(service => Text(service["spec"], "clusterIP") != "None")
        .Select(RenderedRelease.NameOf)
        .SelectMany(name => new[] { name, $"{name}.{targetNamespace}", $"{name}.{targetNamespace}.svc", $"{name}.{targetNamespace}.svc.cluster.local" });

    private IEnumerable<string> Hosts() =>
    [
        .. HostKinds.SelectMany(release.OfKind).SelectMany(item => Strings(item["spec"])).Where(member => member.Name is "host" or "hosts" or "hostnames").Select(member => member.Value),
        .. HostKinds.SelectMany(release.OfKind).SelectMany(item => Strings(item["spec"])).Where(member => member.Name == "match").SelectMany(member => ServerName().Matches(member.Value)).Select(match => match.Groups[1].Value),
        .. release.OfKind("Service").Select(service => Text(service["metadata"]?["annotations"], "external-dns.alpha.kubernetes.io/hostname"))
            .OfType<string>().SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private IEnumerable<string> Urls() =>
    [
        .. (release.ServerContainer["env"] as JsonArray ?? []).OfType<JsonObject>().Where(variable => Addresses.Contains(Text(variable, "name"))).Select(variable => Text(variable, "value")).OfType<string>(),
        .. release.ConfigTexts.SelectMany(text => AddressForm().Matches(text)).Select(match => match.Groups[1].Value),
    ];

    private IEnumerable<string> ServerNames() => release.ConfigTexts.SelectMany(text => ServerNameForm().Matches(text)).Select(match => match.Groups[1].Value);

    /// <summary>The host of an address for every pod, where it holds the name of the pod; addresses of pods are not known before they run.</summary>
    private IEnumerable<string> HostsOf(string url)
    {
        var host = url[(url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
        host = host.StartsWith('[') ? host.Trim('[').Split(']')[0] : host.Split(':')[0];
        return Enumerable.Range(0, release.Replicas).Select(ordinal =>
            PodNames.Aggregate(host, (text, variable) => text.Replace($"$({variable})", $"{release.FullName}-{ordinal}", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Name, string Value)> Strings(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Value switch
        {
            JsonValue value => [(member.Key, value.ToString())],
            JsonArray items => items.OfType<JsonValue>().Select(value => (member.Key, value.ToString())).Concat(items.SelectMany(Strings)),
            var other => Strings(other),
        }),
        _ => [],
    };

    // Variables that were not expanded, and 0.0.0.0, are no names.
    private static bool IsName(string name) =>
        name is not "0.0.0.0" and not "::" && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) != UriHostNameType.Unknown;

    private static string? Text(JsonNode? node, string member) => node is JsonObject item && item[member] is JsonValue value ? value.ToString() : null;

    [GeneratedRegex(@"\b(?:api_addr|leader_api_addr)""?\s*[=:]\s*""([^""\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AddressForm();

    [GeneratedRegex(@"\bleader_tls_servername""?\s*[=:]\s*""([^""\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ServerNameForm();

    [GeneratedRegex(@"HostSNI\(\s*[`""]([^`""*]+)[`""]", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName();
}
