using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>Names that a server certificate is valid for.</summary>
/// <param name="CommonName">Subject common name; for people only, clients ignore it.</param>
/// <param name="Names">DNS names and IP addresses, in order.</param>
internal sealed record CertificateNames(string CommonName, IReadOnlyList<string> Names)
{
    private const int LongestCommonName = 64;

    /// <summary>
    /// Every name by which the chart, the servers among themselves and clients in the cluster reach a release (control TLS-4).
    /// </summary>
    /// <param name="fullName">Name of the main Service, for example <c>vault</c>.</param>
    /// <param name="targetNamespace">Namespace of the release.</param>
    /// <param name="replicas">Number of server pods.</param>
    public static CertificateNames CreateForRelease(string fullName, string targetNamespace, int replicas)
    {
        var headless = $"{fullName}-internal";
        IEnumerable<string> names =
        [
            "127.0.0.1",
            "localhost",
            .. ListForms(fullName, targetNamespace),
            .. ListForms($"{fullName}-active", targetNamespace),
            .. ListForms($"{fullName}-standby", targetNamespace),
            .. ListForms(headless, targetNamespace),
            .. ListForms($"*.{headless}", targetNamespace),
            .. Enumerable.Range(0, replicas)
                .Select(ordinal => $"{fullName}-{ordinal}")
                .SelectMany(pod => ListPodForms(pod, headless, targetNamespace)),
        ];
        var commonName = fullName.Length > LongestCommonName ? fullName[..LongestCommonName] : fullName;
        return new CertificateNames(commonName, [.. names.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The same without some names and with others.</summary>
    /// <param name="recipe">Says which.</param>
    public CertificateNames Apply(CertificateRecipe recipe) => this with
    {
        Names = [.. Names.Except(recipe.OmitNames, StringComparer.Ordinal).Union(recipe.ExtraNames, StringComparer.Ordinal)],
    };

    internal X509Extension ToExtension()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    private static IEnumerable<string> ListPodForms(string pod, string headless, string targetNamespace) =>
        ListForms($"{pod}.{headless}", targetNamespace).Prepend(pod);

    private static IEnumerable<string> ListForms(string service, string targetNamespace) =>
    [
        service,
        $"{service}.{targetNamespace}",
        $"{service}.{targetNamespace}.svc",
        $"{service}.{targetNamespace}.svc.cluster.local",
    ];
}
