using System.Text;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>The environment of a container as the kubelet expands it: <c>$(NAME)</c> is known only when it was defined before.</summary>
internal static class PodVariables
{
    /// <summary>The expanded value of a variable; null when it is not set or not known.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="name">Name of the variable.</param>
    public static string? FindValue(V1Pod pod, V1Container container, string name)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var variable in container.Env ?? [])
        {
            known[variable.Name] =
                variable.Value is { } text ? Expand(text, known) : FromField(pod, variable.ValueFrom?.FieldRef?.FieldPath);
        }

        return known.GetValueOrDefault(name);
    }

    private static string? FromField(V1Pod pod, string? path) => path switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.NamespaceProperty,
        "status.podIP" => pod.Status?.PodIP,
        "status.hostIP" => pod.Status?.HostIP,
        _ => null,
    };

    private static string Expand(string text, Dictionary<string, string?> known)
    {
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = text.AsSpan(at).StartsWith("$(") ? text.IndexOf(')', at) : -1;
            if (end > at && known.GetValueOrDefault(text[(at + 2)..end]) is { } value)
            {
                expanded.Append(value);
                at = end + 1;
            }
            else
            {
                expanded.Append(text[at++]);
            }
        }

        return expanded.ToString();
    }
}
