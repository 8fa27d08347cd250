using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Observations;

/// <summary>
/// What is known of kinds of objects that other software brings along. A kind that is not known here to be harmless is read and judged, so
/// that a kind that nobody thought of is named and never passed over.
/// </summary>
public static partial class ForeignKinds
{
    // Kubernetes' own groups, and groups of software that watches, installs, backs up, scales or hands out secrets: none of it stands
    // between client and pod.
    private static readonly HashSet<string> HarmlessGroups = new(StringComparer.OrdinalIgnoreCase)
    {
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "auditregistration.k8s.io",
        "authentication.k8s.io", "authorization.k8s.io",
        "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io",
        "internal.apiserver.k8s.io", "networking.k8s.io",
        "node.k8s.io", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "settings.k8s.io", "storage.k8s.io",
        "storagemigration.k8s.io",
        "metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io", "autoscaling.k8s.io", "snapshot.storage.k8s.io",
        "groupsnapshot.storage.k8s.io",
        "externaldns.k8s.io", "policy.networking.k8s.io", "secrets-store.csi.x-k8s.io",
        "cert-manager.io", "acme.cert-manager.io", "trust.cert-manager.io", "policy.cert-manager.io", "monitoring.coreos.com",
        "monitoring.googleapis.com", "azmonitoring.coreos.com",
        "external-secrets.io", "generators.external-secrets.io", "secrets.hashicorp.com", "bitnami.com", "argoproj.io",
        "helm.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io",
        "source.toolkit.fluxcd.io", "notification.toolkit.fluxcd.io", "image.toolkit.fluxcd.io", "helm.cattle.io", "k3s.cattle.io",
        "catalog.cattle.io", "fleet.cattle.io",
        "management.cattle.io", "project.cattle.io", "keda.sh", "eventing.keda.sh", "kyverno.io", "reports.kyverno.io",
        "policies.kyverno.io", "wgpolicyk8s.io", "aquasecurity.github.io",
        "velero.io", "longhorn.io", "projectcalico.org", "crd.projectcalico.org", "telemetry.istio.io", "operators.coreos.com",
        "packages.operators.coreos.com",
        "apps.openshift.io", "authorization.openshift.io", "build.openshift.io", "image.openshift.io", "oauth.openshift.io",
        "project.openshift.io", "quota.openshift.io",
        "security.openshift.io", "security.internal.openshift.io", "template.openshift.io", "user.openshift.io", "config.openshift.io",
        "console.openshift.io", "samples.operator.openshift.io",
        "tuned.openshift.io", "machine.openshift.io", "cloudcredential.openshift.io", "apiserver.openshift.io", "monitoring.openshift.io",
    };

    // Of groups that also have kinds that stand in the way.
    private static readonly HashSet<string> HarmlessKinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "security.istio.io/authorizationpolicy", "security.istio.io/requestauthentication", "cilium.io/ciliumendpoint",
        "cilium.io/ciliumnodeconfig",
        "policy.linkerd.io/meshtlsauthentication", "policy.linkerd.io/networkauthentication", "policy.linkerd.io/authorizationpolicy",
        "policy.linkerd.io/serverauthorization",
        "traefik.io/middleware", "traefik.io/middlewaretcp", "traefik.io/tlsoption", "traefik.io/tlsstore",
        "traefik.containo.us/middleware", "traefik.containo.us/middlewaretcp",
        "traefik.containo.us/tlsoption", "traefik.containo.us/tlsstore",
    };

    /// <summary>True when nothing of a group can stand between client and pod.</summary>
    /// <param name="group">Name of the API group.</param>
    public static bool IsHarmless(string group) => HarmlessGroups.Contains(group);

    /// <summary>True when an object of this kind cannot stand between client and pod.</summary>
    /// <param name="group">Name of the API group.</param>
    /// <param name="kind">The kind, or the name of its list.</param>
    public static bool IsHarmless(string group, string kind) => IsHarmless(group) || HarmlessKinds.Contains($"{group}/{ToSingular(kind)}");

    /// <summary>True when objects of this kind lead from outside to Services; not their parts (status, policies).</summary>
    /// <param name="kind">The kind, or the name of its list.</param>
    public static bool IsWay(string kind) => Way.IsMatch(ToSingular(kind));

    /// <summary>A kind in small letters, whether it was given as a kind or by the name of its list.</summary>
    /// <param name="kind">The kind, or the name of its list.</param>
    public static string ToSingular(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var name = kind.ToLowerInvariant();
        return name switch
        {
            _ when name.EndsWith("ies", StringComparison.Ordinal) => name[..^3] + "y",
            _ when name.EndsWith("sses", StringComparison.Ordinal) => name[..^2],
            _ when name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) => name[..^1],
            _ => name,
        };
    }

    [GeneratedRegex("^[a-z0-9]*(route|ingress|ingressroutetcp|ingressrouteudp|proxy|mapping|virtualservice|virtualserver|transportserver"
        + "|virtualhost|tcp|gateway|routegroup|groupbinding|tunnelbinding|[a-z]service|ingresslink|[a-z]edge|tunnel|cloudendpoint"
        + "|agentendpoint|listenerset)$",
            RegexOptions.CultureInvariant)]
    private static partial Regex Way { get; }
}
