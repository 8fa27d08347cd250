using k8s;
using k8s.Models;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Diagnostics;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Takes out of objects what no control uses (bookkeeping of field owners, the copy of the manifest that <c>kubectl apply</c> leaves) and what must not
/// become evidence: values of sensitive variables, credentials in configurations, anything that looks like a secret.
/// </summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class ObjectSanitizer(SecretRedactor redactor)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private static readonly string[] ConfigurationEndings = [".hcl", ".json"];

    // Beyond what names of values suggest: variables are named in one word.
    private static readonly string[] SensitiveWords = ["PRIVATE", "_PIN"];

    /// <summary>Objects that hold no secrets, by name.</summary>
    public IReadOnlyList<T> Plain<T>(IEnumerable<T> items)
        where T : IKubernetesObject<V1ObjectMeta> =>
        [.. items.Select(Stripped).OrderBy(item => item.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>Pods, by name.</summary>
    public IReadOnlyList<V1Pod> Pods(IEnumerable<V1Pod> pods)
    {
        var plain = Plain(pods);
        foreach (var pod in plain)
        {
            Clean(pod.Spec);
        }

        return plain;
    }

    /// <summary>Objects with a template of pods, by name.</summary>
    public IReadOnlyList<T> Workloads<T>(IEnumerable<T> workloads, Func<T, V1PodTemplateSpec?> template)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var plain = Plain(workloads);
        foreach (var pods in plain.Select(template).OfType<V1PodTemplateSpec>())
        {
            Clean(pods.Metadata);
            Clean(pods.Spec);
        }

        return plain;
    }

    /// <summary>ConfigMaps, by name; binary values are emptied.</summary>
    public IReadOnlyList<V1ConfigMap> ConfigMaps(IEnumerable<V1ConfigMap> maps)
    {
        var plain = Plain(maps);
        foreach (var map in plain)
        {
            map.Data = map.Data?.ToDictionary(entry => entry.Key, entry => Clean(entry.Key, entry.Value));
            map.BinaryData = map.BinaryData?.ToDictionary(entry => entry.Key, _ => Array.Empty<byte>());
        }

        return plain;
    }

    /// <summary>Events, oldest first.</summary>
    public IReadOnlyList<Corev1Event> Events(IEnumerable<Corev1Event> events) =>
    [
        .. events.Select(Stripped)
            .Select(item =>
            {
                item.Message = item.Message is null ? null : redactor.Redact(item.Message);
                return item;
            })
            .OrderBy(item => item.LastTimestamp ?? item.EventTime ?? item.Metadata.CreationTimestamp),
    ];

    private T Stripped<T>(T item)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        item.Metadata.ManagedFields = null;
        item.Metadata.Annotations?.Remove(LastApplied);
        Clean(item.Metadata);
        return item;
    }

    // An annotation is named domain/name; who names it says nothing about what it holds.
    private void Clean(V1ObjectMeta? metadata)
    {
        foreach (var (name, value) in metadata?.Annotations?.ToList() ?? [])
        {
            metadata!.Annotations[name] = value.Length > 0 && IsSensitive(name[(name.LastIndexOf('/') + 1)..]) ? ConfigMasker.Masked : redactor.Redact(value);
        }
    }

    private string Clean(string key, string text) =>
        redactor.Redact(Array.Exists(ConfigurationEndings, ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? ConfigMasker.Mask(text) : text);

    private void Clean(V1PodSpec? specification)
    {
        foreach (var container in (specification?.Containers ?? []).Concat(specification?.InitContainers ?? []))
        {
            container.Command = Clean(container.Command);
            container.Args = Clean(container.Args);
            Clean(container.Env);
        }

        foreach (var container in specification?.EphemeralContainers ?? [])
        {
            container.Command = Clean(container.Command);
            container.Args = Clean(container.Args);
            Clean(container.Env);
        }
    }

    private List<string>? Clean(IList<string>? arguments) => arguments is null ? null : [.. arguments.Select(redactor.Redact)];

    private void Clean(IList<V1EnvVar>? variables)
    {
        foreach (var variable in variables ?? [])
        {
            variable.Value = variable.Value switch
            {
                null or "" => variable.Value,
                _ when IsSensitive(variable.Name) => ConfigMasker.Masked,
                var value => redactor.Redact(value),
            };
        }
    }

    private static bool IsSensitive(string name) =>
        SensitiveNames.Contains(name) || SensitiveKeys.Suggest(name) || Array.Exists(SensitiveWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
