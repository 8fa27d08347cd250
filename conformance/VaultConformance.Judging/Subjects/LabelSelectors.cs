using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>Which pods a selector of Kubernetes selects.</summary>
internal static class LabelSelectors
{
    /// <summary>True when it selects the pod. One that is not given selects nothing, an empty one everything.</summary>
    /// <param name="selector">The selector.</param>
    /// <param name="pod">The pod.</param>
    public static bool Selects(this V1LabelSelector? selector, V1Pod pod) => selector is not null
        && (selector.MatchLabels ?? new Dictionary<string, string>()).All(label => Find(pod, label.Key) == label.Value)
        && (selector.MatchExpressions ?? []).All(expression => Holds(expression, Find(pod, expression.Key)));

    private static bool Holds(V1LabelSelectorRequirement expression, string? value) => expression.OperatorProperty switch
    {
        "In" => value is not null && (expression.Values ?? []).Contains(value),
        "NotIn" => value is null || !(expression.Values ?? []).Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };

    private static string? Find(V1Pod pod, string key) => pod.Metadata.Labels?.TryGetValue(key, out var value) == true ? value : null;
}
