using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Probes.Objects;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Declared;

/// <summary>
/// The objects of a release as a chart renders them, in the form in which a run reads them from the API server. What only a cluster knows
/// (states, events, other namespaces) is missing.
/// </summary>
/// <param name="rendered">What the chart rendered.</param>
/// <param name="releaseNamespace">Namespace of the release, for objects that name none.</param>
internal sealed class DeclaredObjects(RenderedManifests rendered, string releaseNamespace)
{
    private const string Admission = "admissionregistration.k8s.io";

    // These run at other times than the server, or not at all.
    private static readonly string[] Passing =
    [
        "test", "test-success", "test-failure", "pre-delete", "post-delete", "pre-rollback", "post-rollback",
    ];

    private readonly SecretRedactor _redactor = new();

    /// <summary>True where the platform's admission fills in what a restricted pod needs.</summary>
    public bool IsCompletedByAdmission { get; init; }

    /// <summary>The namespace that the servers run in.</summary>
    public string Namespace { get; } =
        RenderedRelease.From(rendered).StatefulSet["metadata"]?["namespace"]?.ToString() is { Length: > 0 } own ? own : releaseNamespace;

    /// <summary>The objects of that namespace.</summary>
    /// <exception cref="HarnessException">An object has a field of a wrong type.</exception>
    public AdmittedObjects Read()
    {
        var kept = ListKept();
        var reader = new ManifestReader(kept);
        var sets = reader.List<V1StatefulSet>("apps", V1StatefulSet.KubeKind).Select(ApiDefaults.Fill).ToList();
        var deployments = reader.List<V1Deployment>("apps", V1Deployment.KubeKind);
        var daemons = reader.List<V1DaemonSet>("apps", V1DaemonSet.KubeKind);
        var jobs = reader.List<V1Job>("batch", V1Job.KubeKind);
        var scheduled = reader.List<V1CronJob>("batch", V1CronJob.KubeKind);
        var maps = reader.List<V1ConfigMap>(string.Empty, V1ConfigMap.KubeKind);
        var pods = DeclaredPods.List(
            sets,
            [.. deployments.Where(IsServer)],
            [.. reader.List<V1Pod>(string.Empty, V1Pod.KubeKind).Select(ApiDefaults.Fill)]);
        Complete(
        [
            .. pods.Select(pod => pod.Spec), .. deployments.Select(workload => workload.Spec?.Template?.Spec),
            .. daemons.Select(workload => workload.Spec?.Template?.Spec), .. jobs.Select(workload => workload.Spec?.Template?.Spec),
            .. scheduled.Select(workload => workload.Spec?.JobTemplate?.Spec?.Template?.Spec),
        ]);

        var places = new UnsealMaterialPlaces();
        places.AddMaps(maps);
        places.AddAll(pods, string.Empty, pod => pod.Spec);
        places.AddAll(sets, "statefulset/", workload => workload.Spec?.Template?.Spec);
        places.AddAll(deployments, "deployment/", workload => workload.Spec?.Template?.Spec);
        places.AddAll(daemons, "daemonset/", workload => workload.Spec?.Template?.Spec);
        places.AddAll(jobs, "job/", workload => workload.Spec?.Template?.Spec);
        places.AddAll(scheduled, "cronjob/", workload => workload.Spec?.JobTemplate?.Spec?.Template?.Spec);
        var sanitizer = new ObjectSanitizer(_redactor);
        return new AdmittedObjects(
            null,
            sanitizer.SanitizePods(pods),
            sanitizer.SanitizeWorkloads(sets, workload => workload.Spec?.Template),
            sanitizer.SanitizeWorkloads(deployments, workload => workload.Spec?.Template),
            sanitizer.SanitizeWorkloads(daemons, workload => workload.Spec?.Template),
            sanitizer.SanitizePlain(reader.List<V1Service>(string.Empty, V1Service.KubeKind).Select(ApiDefaults.Fill)),
            sanitizer.SanitizeConfigMaps(maps),
            ReadSecrets(reader),
            [],
            sanitizer.SanitizePlain(reader.List<V1ServiceAccount>(string.Empty, V1ServiceAccount.KubeKind)),
            sanitizer.SanitizePlain(reader.List<V1Ingress>("networking.k8s.io", V1Ingress.KubeKind)),
            ListRoutes(kept),
            [])
        {
            UnsealMaterial = places.All,
            NetworkPolicies = sanitizer.SanitizePlain(reader.List<V1NetworkPolicy>("networking.k8s.io", V1NetworkPolicy.KubeKind)),
            ReplicaSets = sanitizer.SanitizeWorkloads(
                reader.List<V1ReplicaSet>("apps", V1ReplicaSet.KubeKind), workload => workload.Spec?.Template),
            ReplicationControllers = sanitizer.SanitizeWorkloads(
                reader.List<V1ReplicationController>(string.Empty, V1ReplicationController.KubeKind), workload => workload.Spec?.Template),
            PodTemplates = sanitizer.SanitizeWorkloads(
                reader.List<V1PodTemplate>(string.Empty, V1PodTemplate.KubeKind), template => template.Template),
            Jobs = sanitizer.SanitizeWorkloads(jobs, workload => workload.Spec?.Template),
            Webhooks = WebhookReader.List(
                Namespace,
                reader.List<V1MutatingWebhookConfiguration>(Admission, V1MutatingWebhookConfiguration.KubeKind),
                reader.List<V1ValidatingWebhookConfiguration>(Admission, V1ValidatingWebhookConfiguration.KubeKind)),
            CronJobs = sanitizer.SanitizeWorkloads(scheduled, workload => workload.Spec?.JobTemplate?.Spec?.Template),
        };
    }

    /// <summary>What the ServiceAccounts of the servers may do, by the roles and bindings that the chart renders.</summary>
    /// <param name="objects">The objects of the namespace.</param>
    public RbacFacts ReadRights(AdmittedObjects objects) => new DeclaredRights(new ManifestReader(rendered.Objects), Namespace).Read(
        [.. objects.ServerPods.Select(pod => pod.Spec.ServiceAccountName).OfType<string>().Distinct(StringComparer.Ordinal)]);

    private void Complete(IEnumerable<V1PodSpec?> specifications)
    {
        foreach (var specification in IsCompletedByAdmission ? specifications.OfType<V1PodSpec>() : [])
        {
            RestrictedAdmission.Complete(specification);
        }
    }

    private List<ManifestObject> ListKept() =>
    [
        .. rendered.Objects.SelectMany(Unfold)
            .Where(item => item.Content["metadata"]?["namespace"]?.ToString() is not { Length: > 0 } place || place == Namespace)
            .Where(item => !IsPassing(item)),
    ];

    private static IEnumerable<ManifestObject> Unfold(ManifestObject item) =>
        item.Kind == "List" && item.Content["items"] is JsonArray items
            ? items.OfType<JsonObject>().Select(one => item with { Content = one })
            : [item];

    private static bool IsPassing(ManifestObject item) =>
        item.Content["metadata"]?["annotations"]?["helm.sh/hook"]?.ToString() is { } hooks
        && hooks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(Passing.Contains);

    private static bool IsServer(V1Deployment deployment) =>
        deployment.Spec?.Template?.Metadata?.Labels is { } labels
        && labels.TryGetValue(AdmittedObjects.ComponentLabel, out var component) && component == AdmittedObjects.ServerComponent;

    private static IReadOnlyList<SecretFacts> ReadSecrets(ManifestReader reader) =>
    [
        .. reader.List<V1Secret>(string.Empty, V1Secret.KubeKind).Select(Merge).Select(SecretReader.Reduce)
            .OrderBy(secret => secret.Name, StringComparer.Ordinal),
    ];

    // The API server puts the texts among the data.
    private static V1Secret Merge(V1Secret secret)
    {
        secret.Data ??= new Dictionary<string, byte[]>();
        foreach (var (name, text) in secret.StringData ?? new Dictionary<string, string>())
        {
            secret.Data[name] = System.Text.Encoding.UTF8.GetBytes(text);
        }

        return secret;
    }

    private List<JsonObject> ListRoutes(IEnumerable<ManifestObject> kept)
    {
        var mask = new EntryObjectMask(_redactor);
        return
        [
            .. kept.Where(item => ManifestReader.GetGroup(item) is var group && group.Contains('.', StringComparison.Ordinal)
                    && !ForeignKinds.IsHarmless(group, item.Kind))
                .Select(item => mask.Strip(item.Content, item.ApiVersion, item.Kind)),
        ];
    }
}
