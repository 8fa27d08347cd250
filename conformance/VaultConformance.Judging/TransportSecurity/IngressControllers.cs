using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Who serves an Ingress, and whether that controller passes TLS through. An annotation counts only for the controller that it is meant
/// for.
/// </summary>
/// <param name="classes">The IngressClasses of the cluster; null when they were not read.</param>
internal sealed class IngressControllers(IReadOnlyList<V1IngressClass>? classes)
{
    private const string Fact = "TLS of the Ingress";
    private const string Expected = "TLS passed through to the pod";
    private const string DefaultClass = "ingressclass.kubernetes.io/is-default-class";

    private static readonly PassingController[] Passing =
    [
        new(
            "ingress-nginx",
            ["nginx"],
            name => name.StartsWith("k8s.io/", StringComparison.Ordinal) && name.Contains("ingress-nginx", StringComparison.Ordinal),
            [("nginx.ingress.kubernetes.io/ssl-passthrough", "true")]),
        new(
            "HAProxy's controller",
            ["haproxy"],
            name => name.StartsWith("haproxy.org/", StringComparison.Ordinal),
            [("haproxy.org/ssl-passthrough", "true")]),
        new("HAProxy Ingress", ["haproxy"], name => name.StartsWith("haproxy-ingress.github.io/", StringComparison.Ordinal),
            [("haproxy-ingress.github.io/ssl-passthrough", "true"), ("ingress.kubernetes.io/ssl-passthrough", "true")]),
        new(
            "OpenShift's router",
            ["openshift-default"],
            name => name.StartsWith("openshift.io/", StringComparison.Ordinal),
            [("route.openshift.io/termination", "passthrough")]),
    ];

    // What classes of other controllers are called. They end TLS, whatever an annotation says; a name alone never lets an Ingress pass.
    private static readonly string[] Terminating =
    [
        "alb", "gce", "gce-internal", "azure-application-gateway", "azure/application-gateway", "traefik", "kong", "istio", "contour",
        "cilium", "ambassador",
        "apisix", "higress", "gloo", "tailscale", "cloudflare-tunnel", "ngrok",
    ];

    /// <summary>Judges an Ingress that leads to the release.</summary>
    /// <param name="ingress">The Ingress.</param>
    public Judgement Judge(V1Ingress ingress)
    {
        if (FindPassthrough(ingress) is not { } passing)
        {
            return Judgement.Of(
                Fact, false, Expected, ingress.Spec.Tls is { Count: > 0 } ? "ended by the controller" : "plaintext up to the controller")
                .Saying(ingress.Spec.Tls is { Count: > 0 }
                    ? "The Ingress controller ends TLS; it must be passed through to the pod."
                    : "The Ingress takes plain HTTP; TLS must be passed through to the pod.");
        }

        var name = FindClassName(ingress);
        return Find(name) is { Spec.Controller: { } controller }
            ? JudgeController(
                ingress, passing, $"the controller '{controller}' of class '{name}'", Passing.Where(family => family.Serves(controller)))
            : JudgeName(ingress, name, passing);
    }

    /// <summary>
    /// The annotation by which an Ingress asks its controller to pass TLS through; null when it asks for nothing of the kind.
    /// </summary>
    /// <param name="ingress">The Ingress.</param>
    public static string? FindPassthrough(V1Ingress ingress) =>
        Passing.SelectMany(family => family.Annotations)
            .Where(annotation => Has(ingress, annotation))
            .Select(annotation => annotation.Name)
            .FirstOrDefault();

    /// <summary>
    /// Why nobody can ever come in by an Ingress: it asks for a class that the cluster does not have, or the cluster has none. Null when
    /// somebody may.
    /// </summary>
    /// <param name="ingress">The Ingress.</param>
    public string? ExplainUnserved(V1Ingress ingress) => (classes, ingress.Spec.IngressClassName) switch
    {
        (null, _) => null,
        _ when (ingress.Status?.LoadBalancer?.Ingress ?? []).Count > 0 => null,
        (_, { } name) => Find(name) is null ? $"the cluster has no IngressClass '{name}', so that no controller serves this Ingress" : null,
        _ => classes.Count == 0 && FindClassName(ingress) is null
            ? "the cluster has no IngressClass at all, so that no controller serves this Ingress"
            : null,
    };

    private static Judgement JudgeController(V1Ingress ingress, string passing, string who, IEnumerable<PassingController> families) =>
        families.SelectMany(family => family.Annotations).FirstOrDefault(annotation => Has(ingress, annotation)) is { Name: { } name }
            ? Judgement.Of(Fact, true, Expected, $"{name}, and {who} knows it")
            : Judgement.Of(Fact, false, Expected, $"ended by {who}, which does not know {passing}").Saying(DescribeEnded);

    private static string DescribeEnded(string how) => $"TLS is {how}; it must be passed through to the pod.";

    /// <summary>The controller is not known. By its name a class can be convicted, never acquitted.</summary>
    private Judgement JudgeName(V1Ingress ingress, string? name, string passing)
    {
        var named = Passing.Where(family => family.ClassNames.Contains(name)).ToList();
        if (name is not null && (Terminating.Contains(name)
            || (named.Count > 0 && !named.Exists(family => family.Annotations.Any(annotation => Has(ingress, annotation))))))
        {
            return Judgement.Of(Fact, false, Expected, $"ended by the controller of class '{name}', which does not know {passing}")
                .Saying(DescribeEnded);
        }

        return ExplainUnserved(ingress) is { } reason
            ? Judgement.Irrelevant(Fact, reason)
            : Judgement.Unknown(
                Fact,
                Expected,
                classes is null
                    ? $"it is not known which controller serves {Quote(name)}, because the IngressClasses were not read; {passing} counts "
                        + "only for the controller that knows it"
                    : $"the cluster has no IngressClass for {Quote(name)}, so that it is not known whether anybody knows {passing}");
    }

    private static string Quote(string? name) => name is null ? "an Ingress without a class" : $"class '{name}'";

    private string? FindClassName(V1Ingress ingress) =>
        ingress.Spec.IngressClassName
        ?? (ingress.Metadata.Annotations?.TryGetValue("kubernetes.io/ingress.class", out var named) == true ? named : null)
        ?? (classes ?? [])
            .Where(candidate => candidate.Metadata.Annotations?.TryGetValue(DefaultClass, out var value) == true && value == "true")
            .Select(candidate => candidate.Metadata.Name).Order(StringComparer.Ordinal).FirstOrDefault();

    private V1IngressClass? Find(string? name) => (classes ?? []).FirstOrDefault(candidate => candidate.Metadata.Name == name);

    private static bool Has(V1Ingress ingress, (string Name, string Value) annotation) =>
        ingress.Metadata.Annotations?.TryGetValue(annotation.Name, out var value) == true
            && string.Equals(value, annotation.Value, StringComparison.OrdinalIgnoreCase);

    private sealed record PassingController(
        string Name, string[] ClassNames, Func<string, bool> Serves, (string Name, string Value)[] Annotations);
}

/// <summary>Where an Ingress leads.</summary>
internal static class IngressBackends
{
    /// <summary>True when it leads to one of the Services.</summary>
    /// <param name="ingress">The Ingress.</param>
    /// <param name="services">Their names.</param>
    public static bool LeadsTo(this V1Ingress ingress, IReadOnlySet<string> services) => ingress.ListBackends().Any(services.Contains);

    /// <summary>Names of the Services that it leads to.</summary>
    /// <param name="ingress">The Ingress.</param>
    public static IEnumerable<string> ListBackends(this V1Ingress ingress) => (ingress.Spec.Rules ?? [])
        .SelectMany(
            rule => rule.Http?.Paths ?? []).Select(path => path.Backend?.Service?.Name).Append(ingress.Spec.DefaultBackend?.Service?.Name)
        .OfType<string>();

    /// <summary>The objects of its controller that it leads to instead of a Service.</summary>
    /// <param name="ingress">The Ingress.</param>
    public static IEnumerable<V1TypedLocalObjectReference> ListResources(this V1Ingress ingress) => (ingress.Spec.Rules ?? [])
        .SelectMany(rule => rule.Http?.Paths ?? []).Select(path => path.Backend?.Resource).Append(ingress.Spec.DefaultBackend?.Resource)
        .OfType<V1TypedLocalObjectReference>();
}
