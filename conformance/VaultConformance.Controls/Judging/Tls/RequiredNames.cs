using System.Security.Cryptography.X509Certificates;
using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Targets;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>A name that a certificate has to be valid for.</summary>
/// <param name="Name">DNS name or IP address.</param>
/// <param name="Use">Who uses it.</param>
/// <param name="Recommended">True when only some clients do.</param>
internal sealed record RequiredName(string Name, string Use, bool Recommended = false);

/// <summary>The names by which the chart, the servers among themselves and clients reach a server.</summary>
internal static class RequiredNames
{
    private static readonly string[] LocalAddress = ["VAULT_ADDR", "BAO_ADDR"];
    private static readonly string[] ApiAddress = ["VAULT_API_ADDR", "BAO_API_ADDR"];

    /// <summary>All of them for one pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="objects">The objects of the release.</param>
    /// <param name="externalHosts">Host names outside the cluster, from the profile.</param>
    public static IReadOnlyList<RequiredName> Of(ServerPod pod, AdmittedObjects objects, IReadOnlyList<string> externalHosts) =>
    [
        .. Addresses(pod, LocalAddress, "address that commands and probes in the pod use").DefaultIfEmpty(new RequiredName("127.0.0.1", "address that commands and probes in the pod use")),
        .. ReleaseServices.Of(objects).SelectMany(service => OfService(service, pod.Name, objects.Namespace?.Metadata.Name ?? pod.Admitted.Metadata.NamespaceProperty)),
        .. Addresses(pod, ApiAddress, "address that servers redirect clients to"),
        .. externalHosts.Select(host => new RequiredName(host, "external host of the profile")),
    ];

    /// <summary>Judges one name.</summary>
    /// <param name="required">The name.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="port">Port it is served on.</param>
    public static Judgement Judge(RequiredName required, X509Certificate2 leaf, int port)
    {
        var holds = Uri.CheckHostName(required.Name) != UriHostNameType.Unknown && leaf.MatchesHostname(required.Name, allowWildcards: true, allowCommonName: false);
        var judgement = Judgement.Of(
            $"{required.Name} ({required.Use}) in the certificate on port {port}", holds, "covered by a subject alternative name", holds ? "covered" : "not covered");
        return required.Recommended ? judgement.AsRecommendation() : judgement;
    }

    private static IEnumerable<RequiredName> OfService(V1Service service, string pod, string targetNamespace)
    {
        var name = service.Metadata.Name;
        var fullName = ReleaseServices.FullName(pod);
        if (service.IsHeadless())
        {
            return [new RequiredName($"{pod}.{name}", "name by which servers reach each other")];
        }

        var qualified = new RequiredName($"{name}.{targetNamespace}.svc", "Service in the cluster");
        return name == fullName
            ? [new RequiredName(name, "Service in the namespace"), new RequiredName($"{name}.{targetNamespace}", "Service in the cluster"), qualified]
            : [qualified with { Recommended = name != $"{fullName}-active" }];
    }

    private static IEnumerable<RequiredName> Addresses(ServerPod pod, IReadOnlyList<string> variables, string use) => variables
        .Select(variable => PodVariables.Value(pod.Admitted, pod.Container, variable))
        .OfType<string>()
        .Where(value => value.Length > 0)
        .Select(value => new RequiredName(Host(value), use));

    /// <summary>The host of a URL, also when it holds a variable that was never expanded.</summary>
    private static string Host(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
        return rest.StartsWith('[')
            ? rest[1..Math.Max(1, rest.IndexOf(']', StringComparison.Ordinal))]
            : rest.LastIndexOf(':') is > 0 and var colon ? rest[..colon] : rest;
    }
}
