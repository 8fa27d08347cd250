using System.Text;
using VaultConformance.Harness.Secrets;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Takes out of objects what no control uses (bookkeeping of field owners, the copy of the manifest that <c>kubectl apply</c> leaves) and
/// what must not become evidence: values of sensitive variables, credentials in configurations, anything that looks like a secret.
/// </summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class ObjectSanitizer(SecretRedactor redactor)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private readonly StatusTexts _statuses = new(redactor);

    /// <summary>Objects that hold no secrets, by name.</summary>
    public IReadOnlyList<T> SanitizePlain<T>(IEnumerable<T> items)
        where T : IKubernetesObject<V1ObjectMeta> =>
        [.. items.Select(Strip).OrderBy(item => item.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>Pods, by name.</summary>
    public IReadOnlyList<V1Pod> SanitizePods(IEnumerable<V1Pod> pods)
    {
        var plain = SanitizePlain(pods);
        foreach (var pod in plain)
        {
            Clean(pod.Spec);
            _statuses.Clean(pod.Status);
        }

        return plain;
    }

    /// <summary>Objects with a template of pods, by name.</summary>
    public IReadOnlyList<T> SanitizeWorkloads<T>(IEnumerable<T> workloads, Func<T, V1PodTemplateSpec?> template)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var plain = SanitizePlain(workloads);
        foreach (var pods in plain.Select(template).OfType<V1PodTemplateSpec>())
        {
            Clean(pods.Metadata);
            Clean(pods.Spec);
        }

        return plain;
    }

    /// <summary>
    /// ConfigMaps, by name; binary values are emptied, those with credentials become <see cref="Credentials.Masked"/>, and configurations
    /// stay without their credentials.
    /// </summary>
    public IReadOnlyList<V1ConfigMap> SanitizeConfigMaps(IEnumerable<V1ConfigMap> maps)
    {
        var plain = SanitizePlain(maps);
        foreach (var map in plain)
        {
            var binary = map.BinaryData?.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value)) ?? [];
            map.Data = map.Data?.ToDictionary(entry => entry.Key, entry => Clean(map.Metadata.Name, entry.Key, entry.Value));
            map.BinaryData = map.BinaryData?.ToDictionary(
                entry => entry.Key, entry => KeepEntry(entry.Key, Clean(map.Metadata.Name, entry.Key, binary[entry.Key])));
        }

        return plain;
    }

    /// <summary>Events, oldest first.</summary>
    public IReadOnlyList<Corev1Event> SanitizeEvents(IEnumerable<Corev1Event> events) =>
    [
        .. events.Select(Strip)
            .Select(item =>
            {
                item.Message = item.Message is null ? null : redactor.Redact(item.Message);
                return item;
            })
            .OrderBy(item => item.LastTimestamp ?? item.EventTime ?? item.Metadata.CreationTimestamp),
    ];

    private T Strip<T>(T item)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        item.Metadata.ManagedFields = null;
        item.Metadata.Annotations?.Remove(LastApplied);
        Clean(item.Metadata);
        return item;
    }

    private void Clean(V1ObjectMeta? metadata)
    {
        foreach (var (name, value) in metadata?.Annotations?.ToList() ?? [])
        {
            metadata!.Annotations[name] = redactor.RedactKnown(CleanAnnotation(name, value));
        }

        foreach (var (name, value) in metadata?.Labels?.ToList() ?? [])
        {
            metadata!.Labels[name] = redactor.RedactKnown(CleanAnnotation(name, value));
        }
    }

    // Its text is not tried for what has no name: annotations are full of identifiers and digests.
    private static string CleanAnnotation(string key, string value) =>
        SecretScanner.Mask(value) is var masked && masked == value
            ? Credentials.Mark(Credentials.TraceInMetadata(key, value), masked)
            : masked;

    private string Clean(string map, string key, string text) =>
        KeyShares.AreIn(map, [KeyValuePair.Create(key, text)]) && !DeclaredVariables.IsConfiguration(key)
            ? Credentials.Masked
            : redactor.RedactKnown(DeclaredVariables.MaskEntry(key, text));

    private static byte[] KeepEntry(string key, string cleaned) => DeclaredVariables.IsConfiguration(key) ? Encoding.UTF8.GetBytes(cleaned)
        : Credentials.IsMasked(cleaned) ? Encoding.UTF8.GetBytes(Credentials.Masked) : [];

    private void Clean(V1PodSpec? specification)
    {
        foreach (var container in (specification?.Containers ?? []).Concat(specification?.InitContainers ?? []))
        {
            container.Command = Clean(container.Command);
            container.Args = Clean(container.Args);
            Clean(container.Env);
            Clean(container.Lifecycle);
            Clean(container.LivenessProbe, container.ReadinessProbe, container.StartupProbe);
        }

        foreach (var container in specification?.EphemeralContainers ?? [])
        {
            container.Command = Clean(container.Command);
            container.Args = Clean(container.Args);
            Clean(container.Env);
            Clean(container.Lifecycle);
            Clean(container.LivenessProbe, container.ReadinessProbe, container.StartupProbe);
        }
    }

    private void Clean(V1Lifecycle? lifecycle)
    {
        foreach (var handler in new[] { lifecycle?.PostStart, lifecycle?.PreStop }.OfType<V1LifecycleHandler>())
        {
            Clean(handler.Exec, handler.HttpGet);
        }
    }

    private void Clean(params IEnumerable<V1Probe?> probes)
    {
        foreach (var probe in probes.OfType<V1Probe>())
        {
            Clean(probe.Exec, probe.HttpGet);
        }
    }

    private void Clean(V1ExecAction? command, V1HTTPGetAction? request)
    {
        if (command is not null)
        {
            command.Command = Clean(command.Command);
        }

        if (request is not null)
        {
            request.Path = request.Path is null ? null : redactor.Redact(request.Path);
        }

        foreach (var header in request?.HttpHeaders ?? [])
        {
            header.Value = header.Value is null ? null : redactor.RedactKnown(DeclaredVariables.Mask(header.Name, header.Value));
        }
    }

    private List<string>? Clean(IList<string>? arguments) =>
        arguments is null ? null : [.. SecretScanner.Mask([.. arguments]).Select(redactor.RedactKnown)];

    private void Clean(IList<V1EnvVar>? variables)
    {
        foreach (var variable in variables ?? [])
        {
            variable.Value = variable.Value is { Length: > 0 } value
                ? redactor.RedactKnown(DeclaredVariables.Mask(variable.Name, value))
                : variable.Value;
        }
    }
}
