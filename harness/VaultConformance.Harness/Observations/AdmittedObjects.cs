using System.Text.Json.Nodes;
using k8s.Models;

namespace VaultConformance.Harness.Observations;

/// <summary>The objects of the release's namespace as the API server admitted them. Secret data is never in here.</summary>
/// <param name="Namespace">The namespace object.</param>
/// <param name="Pods">All pods of the namespace.</param>
/// <param name="StatefulSets">StatefulSets.</param>
/// <param name="Deployments">Deployments.</param>
/// <param name="DaemonSets">DaemonSets.</param>
/// <param name="Services">Services.</param>
/// <param name="ConfigMaps">ConfigMaps; values of sensitive keys in configuration texts are masked.</param>
/// <param name="Secrets">What Secrets are there; names of keys and certificate digests only.</param>
/// <param name="PersistentVolumeClaims">Claims.</param>
/// <param name="ServiceAccounts">Service accounts.</param>
/// <param name="Ingresses">Ingresses (<c>networking.k8s.io/v1</c>).</param>
/// <param name="Routes">
/// HTTPRoutes, TLSRoutes, OpenShift Routes and objects of other controllers that lead into a namespace; secrets in them are masked.
/// </param>
/// <param name="Events">Events.</param>
/// <param name="IngressClasses">The IngressClasses of the cluster; null when they were not read.</param>
/// <param name="Gateways">The Gateways that routes of the namespace name as their parents; null when they were not read.</param>
/// <param name="UnreadKinds">
/// Kinds that may lead into the namespace and could not be read, with the reason; null when that was not recorded.
/// </param>
public sealed record AdmittedObjects(
    V1Namespace? Namespace,
    IReadOnlyList<V1Pod> Pods,
    IReadOnlyList<V1StatefulSet> StatefulSets,
    IReadOnlyList<V1Deployment> Deployments,
    IReadOnlyList<V1DaemonSet> DaemonSets,
    IReadOnlyList<V1Service> Services,
    IReadOnlyList<V1ConfigMap> ConfigMaps,
    IReadOnlyList<SecretFacts> Secrets,
    IReadOnlyList<V1PersistentVolumeClaim> PersistentVolumeClaims,
    IReadOnlyList<V1ServiceAccount> ServiceAccounts,
    IReadOnlyList<V1Ingress> Ingresses,
    IReadOnlyList<JsonObject> Routes,
    IReadOnlyList<Corev1Event> Events,
    IReadOnlyList<V1IngressClass>? IngressClasses = null,
    IReadOnlyList<JsonObject>? Gateways = null,
    IReadOnlyList<string>? UnreadKinds = null)
{
    /// <summary>Label by which the chart marks what a pod is for.</summary>
    public const string ComponentLabel = "component";

    /// <summary>Value of the label for servers.</summary>
    public const string ServerComponent = "server";

    /// <summary>ReplicaSets; null in evidence that was recorded before they were read.</summary>
    public IReadOnlyList<V1ReplicaSet>? ReplicaSets { get; init; }

    /// <summary>ReplicationControllers; null in evidence that was recorded before they were read.</summary>
    public IReadOnlyList<V1ReplicationController>? ReplicationControllers { get; init; }

    /// <summary>PodTemplates; null in evidence that was recorded before they were read.</summary>
    public IReadOnlyList<V1PodTemplate>? PodTemplates { get; init; }

    /// <summary>Jobs; null in evidence that was recorded before they were read.</summary>
    public IReadOnlyList<V1Job>? Jobs { get; init; }

    /// <summary>CronJobs; null where the cluster does not serve them or evidence was recorded before they were read.</summary>
    public IReadOnlyList<V1CronJob>? CronJobs { get; init; }

    /// <summary>
    /// Where unseal keys, recovery keys or Vault tokens stood before they were masked: <c>configmap/NAME</c>, and
    /// <c>POD/CONTAINER/VARIABLE</c> or <c>KIND/WORKLOAD/CONTAINER/VARIABLE</c>; null in evidence that was recorded before this was told.
    /// </summary>
    public IReadOnlyList<string>? UnsealMaterial { get; init; }

    /// <summary>RuntimeClasses of the cluster that pods of the namespace name; null when they could not be read.</summary>
    public IReadOnlyList<V1RuntimeClass>? RuntimeClasses { get; init; }

    /// <summary>
    /// Admission webhooks of the cluster that call a Service of the namespace; null when they could not be listed, and in evidence that
    /// was recorded before they were.
    /// </summary>
    public IReadOnlyList<WebhookFacts>? Webhooks { get; init; }

    /// <summary>
    /// PodDisruptionBudgets; null when they could not be listed, and in evidence that was recorded before they were.
    /// </summary>
    public IReadOnlyList<V1PodDisruptionBudget>? DisruptionBudgets { get; init; }

    /// <summary>
    /// NetworkPolicies; null when they could not be listed, and in evidence that was recorded before they were.
    /// </summary>
    public IReadOnlyList<V1NetworkPolicy>? NetworkPolicies { get; init; }

    /// <summary>
    /// Names of the pods that the run itself made, for example to look at the network from inside; null in evidence that does not tell.
    /// </summary>
    public IReadOnlyList<string>? OwnPods { get; init; }

    /// <summary>True for a pod that the run itself made.</summary>
    /// <param name="pod">The pod.</param>
    public bool IsOwn(V1Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return OwnPods?.Contains(pod.Metadata.Name) == true;
    }

    /// <summary>The Vault server pods (label <c>component=server</c>), by name.</summary>
    public IReadOnlyList<V1Pod> ServerPods =>
    [
        .. Pods.Where(pod => pod.Metadata.Labels?.TryGetValue(ComponentLabel, out var component) == true && component == ServerComponent)
            .OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal),
    ];
}

/// <summary>A Secret without its data.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Type, for example <c>kubernetes.io/tls</c>.</param>
/// <param name="Keys">Names of its keys.</param>
/// <param name="CertificateSha256">SHA-256 of the DER of the first certificate of every key that holds PEM certificates.</param>
/// <param name="HoldsUnsealMaterial">True when a value looks like unseal keys, recovery keys or a root token.</param>
public sealed record SecretFacts(
    string Name, string Type, IReadOnlyList<string> Keys, IReadOnlyDictionary<string, string> CertificateSha256, bool HoldsUnsealMaterial)
{
    /// <summary>
    /// Name of the ServiceAccount whose token is in it; null for Secrets of other types, and in evidence that was recorded before this was
    /// read.
    /// </summary>
    public string? ServiceAccount { get; init; }
}
