using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// The names that the rendered objects ask a certificate for, beyond those that every release has: a name that the harness' own certificate
/// lacks would look like a fault of the values.
/// </summary>
/// <param name="release">The rendered objects.</param>
/// <param name="targetNamespace">Namespace of the release.</param>
internal sealed partial class RenderedNames(RenderedRelease release, string targetNamespace)
{
    private static readonly IReadOnlyList<string> Addresses = ServerProduct.ListVariables("ADDR", "API_ADDR");
    private static readonly IReadOnlyList<string> PodNames = ServerProduct.ListVariables("K8S_POD_NAME");
    private static readonly string[] HostKinds = ["Ingress", "Route", "TLSRoute", "IngressRouteTCP"];

    /// <summary>All names of a certificate for the release.</summary>
    internal CertificateNames ListAll()
    {
        var usual = CertificateNames.CreateForRelease(release.FullName, targetNamespace, release.Replicas);
        return usual with
        {
            Names = [.. usual.Names.Union(
                ListServices().Concat(ListHosts()).Concat(ListUrls().SelectMany(ListHosts)).Concat(ListServerNames()).Where(IsName),
                StringComparer.Ordinal)]
        };
    }

    private IEnumerable<string> ListServices() => release.ListKind("Service")
        .Where(service => FindText(service["spec"], "clusterIP") != "None")
        .Select(RenderedRelease.GetName)
        .SelectMany(name =>
            new[] { name, $"{name}.{targetNamespace}", $"{name}.{targetNamespace}.svc", $"{name}.{targetNamespace}.svc.cluster.local" });

    private IEnumerable<string> ListHosts() =>
    [
        .. HostKinds.SelectMany(release.ListKind)
            .SelectMany(item => ListStrings(item["spec"]))
            .Where(member => member.Name is "host" or "hosts" or "hostnames")
            .Select(member => member.Value),
        .. HostKinds.SelectMany(release.ListKind)
            .SelectMany(item => ListStrings(item["spec"]))
            .Where(member => member.Name == "match")
            .SelectMany(member => ServerName.Matches(member.Value))
            .Select(match => match.Groups[1].Value),
        .. release.ListKind("Service")
            .Select(service => FindText(service["metadata"]?["annotations"], "external-dns.alpha.kubernetes.io/hostname"))
            .OfType<string>().SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private IEnumerable<string> ListUrls() =>
    [
        .. (release.ServerContainer["env"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(variable => Addresses.Contains(FindText(variable, "name")))
            .Select(variable => FindText(variable, "value"))
            .OfType<string>(),
        .. release.ConfigTexts.SelectMany(text => AddressForm.Matches(text)).Select(match => match.Groups[1].Value),
    ];

    private IEnumerable<string> ListServerNames() =>
        release.ConfigTexts.SelectMany(text => ServerNameForm.Matches(text)).Select(match => match.Groups[1].Value);

    /// <summary>
    /// The host of an address for every pod, where it holds the name of the pod; addresses of pods are not known before they run.
    /// </summary>
    private IEnumerable<string> ListHosts(string url)
    {
        var host = url[(url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
        host = host.StartsWith('[') ? host.Trim('[').Split(']')[0] : host.Split(':')[0];
        return Enumerable.Range(0, release.Replicas).Select(ordinal =>
            PodNames.Aggregate(
                host, (text, variable) => text.Replace($"$({variable})", $"{release.FullName}-{ordinal}", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Name, string Value)> ListStrings(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Value switch
        {
            JsonValue value => [(member.Key, value.ToString())],
            JsonArray items =>
                items.OfType<JsonValue>().Select(value => (member.Key, value.ToString())).Concat(items.SelectMany(ListStrings)),
            var other => ListStrings(other),
        }),
        _ => [],
    };

    // Variables that were not expanded, and 0.0.0.0, are no names.
    private static bool IsName(string name) =>
        name is not "0.0.0.0" and not "::"
            && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) != UriHostNameType.Unknown;

    private static string? FindText(JsonNode? node, string member) =>
        node is JsonObject item && item[member] is JsonValue value ? value.ToString() : null;

    [GeneratedRegex(@"\b(?:api_addr|leader_api_addr)""?\s*[=:]\s*""([^""\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AddressForm { get; }

    [GeneratedRegex(@"\bleader_tls_servername""?\s*[=:]\s*""([^""\n]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ServerNameForm { get; }

    [GeneratedRegex(@"HostSNI\(\s*[`""]([^`""*]+)[`""]", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName { get; }
}
