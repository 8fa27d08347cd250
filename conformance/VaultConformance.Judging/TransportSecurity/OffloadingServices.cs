using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Annotations by which whatever stands in front of a Service ends TLS. Every cloud has its own; they are told by what their words and
/// values say, because a list of them is never complete. Annotations that say nothing of TLS are left to the handshakes on the way itself.
/// </summary>
public static partial class OffloadingServices
{
    private static readonly string[] TlsWords =
        ["ssl", "tls", "https", "cert", "certs", "certificate", "certificates", "acm", "keystore", "x509", "pem"];

    private static readonly string[] ProtocolWords =
    [
        "protocol", "protocols", "port", "ports", "listener", "listeners", "mode", "scheme", "frontend", "backend", "loadbalancer",
        "balancer", "lb", "elb", "slb",
        "nlb", "alb", "clb", "specify",
    ];

    private static readonly string[] HealthWords = ["health", "healthcheck", "healthchecks", "probe", "check"];
    private static readonly string[] CertificateWords = ["cert", "certs", "certificate", "certificates", "secret", "pem"];
    private static readonly string[] PublishingWords =
        ["neg", "expose", "exposed", "ingress", "gateway", "route", "router", "tunnel", "mapping", "funnel"];
    private static readonly string[] Off = ["", "false", "no", "off", "none", "0", "disabled", "tcp", "udp", "passthrough", "pass-through"];

    // Written by Helm, kubectl and tools around them, by monitoring and DNS: none of them stands between client and pod.
    private static readonly string[] Harmless =
    [
        "meta.helm.sh/", "helm.sh/", "kubectl.kubernetes.io/", "app.kubernetes.io/", "prometheus.io/", "external-dns.alpha.kubernetes.io/",
        "argocd.argoproj.io/",
        "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/", "field.cattle.io/", "objectset.rio.cattle.io/", "cert-manager.io/",
        "service.alpha.kubernetes.io/tolerate-unready-endpoints", "service.beta.openshift.io/serving-cert",
        "service.alpha.openshift.io/serving-cert",
    ];

    private enum Kind
    {
        Nothing,
        EndsTls,
        Publishes,
        Routes,
    }

    /// <summary>Judges a Service that leads to server pods.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="secrets">The Secrets of the namespace: a load balancer that is given one of type TLS ends TLS with it.</param>
    public static IEnumerable<Judgement> Judge(V1Service service, IReadOnlyList<SecretFacts> secrets)
    {
        var keys = secrets.Where(secret => secret.Type == "kubernetes.io/tls" || secret.CertificateSha256.Count > 0)
            .Select(secret => secret.Name)
            .ToHashSet(StringComparer.Ordinal);
        var kinds = (service.Metadata.Annotations ?? new Dictionary<string, string>())
            .Select(annotation =>
                (Text: $"{annotation.Key}={annotation.Value}", Kind: Classify(annotation.Key, annotation.Value ?? string.Empty, keys)))
            .ToList();
        yield return Judgement.None(
            "annotations that end TLS in a load balancer",
            kinds.Where(annotation => annotation.Kind == Kind.EndsTls).Select(annotation => annotation.Text))
            .Saying(found => $"Annotations make a load balancer end TLS: {found}.");
        if (ListPublishingWays(service) is { Count: > 0 } publishing)
        {
            yield return Judgement.Unknown(
                "annotations that ask a controller to publish the Service",
                "none",
                $"{string.Join(", ", publishing)}; nobody went the way that this opens");
        }
    }

    /// <summary>Annotations by which a controller publishes a Service, or does so by an object that is written into one.</summary>
    /// <param name="service">A Service.</param>
    public static IReadOnlyList<string> ListPublishingWays(V1Service service) =>
    [
        .. from annotation in service.Metadata.Annotations ?? new Dictionary<string, string>()
        let kind = Classify(annotation.Key, annotation.Value ?? string.Empty, [])
        where kind == Kind.Routes || (kind == Kind.Publishes && service.Spec.Type != "LoadBalancer")
        select $"{annotation.Key}={annotation.Value}",
    ];

    private static Kind Classify(string name, string value, HashSet<string> keys)
    {
        var words = Words.Matches(name).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        if (Harmless.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || Off.Contains(value.Trim().ToLowerInvariant()))
        {
            return Kind.Nothing;
        }

        if (words.Contains("passthrough")
            || (words.Contains("pass") && words.Contains("through"))
            || (words.Overlaps(HealthWords) && !words.Overlaps(CertificateWords)))
        {
            return Kind.Nothing;
        }

        var gives = words.Overlaps(TlsWords)
            || (words.Contains("http") && (words.Contains("protocol") || words.Contains("ports") || words.Contains("port")))
            || (words.Overlaps(ProtocolWords) && Protocol.IsMatch(value))
            || Certificate.IsMatch(value)
            || keys.Contains(value.Trim()) || keys.Contains(value.Trim().Split('/')[^1]);
        return gives ? Kind.EndsTls : Embedded.IsMatch(value)
            ? Kind.Routes
            : words.Overlaps(PublishingWords) && !IsGroupOnly(words, value) ? Kind.Publishes : Kind.Nothing;
    }

    // A network endpoint group for an Ingress opens nothing: the Ingress does, and it is judged itself. Exposed ports would. Nor does a
    // state without groups.
    private static bool IsGroupOnly(HashSet<string> words, string value) => words.Contains("neg") && OnlyForIngress.IsMatch(value);

    [GeneratedRegex(
        @"^\s*\{\s*(""ingress""\s*:\s*(true|false)|""network_endpoint_groups""\s*:\s*\{\s*\}\s*,\s*""zones""\s*:\s*\[[^\]]*\])\s*\}\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex OnlyForIngress { get; }

    /// <summary>An object of Kubernetes that is written into an annotation.</summary>
    [GeneratedRegex(@"^\s*(-\s+)?(apiVersion|kind)\s*:|""(apiVersion|kind)""\s*:", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Embedded { get; }

    /// <summary>Words of a name, also where only a capital letter parts them.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words { get; }

    /// <summary>A protocol in which whoever speaks it has to end TLS; not the scheme of a URL.</summary>
    [GeneratedRegex(@"(?<![\w-])(https?\d?|ssl|tls|h2c?|grpcs?|quic)(?!\w|://)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Protocol { get; }

    /// <summary>A certificate, or where one is kept.</summary>
    [GeneratedRegex("arn:aws[a-z-]*:(acm|iam)|-----BEGIN|certificate", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Certificate { get; }
}
