namespace VaultConformance.Harness.Observations;

/// <summary>Names of what observations are about.</summary>
public static class Subjects
{
    /// <summary>The cluster as a whole.</summary>
    public const string Cluster = "cluster";

    /// <summary>The Helm release under test.</summary>
    public const string Release = "release";

    /// <summary>A pod of the release.</summary>
    /// <param name="name">Pod name.</param>
    public static string FromPod(string name) => $"pod/{name}";

    /// <summary>A container beside the server in a pod of the release.</summary>
    /// <param name="pod">Pod name.</param>
    /// <param name="container">Container name.</param>
    public static string FromContainer(string pod, string container) => $"pod/{pod}/{container}";

    /// <summary>Name of the pod that a subject is about.</summary>
    /// <param name="subject">A subject made by <see cref="FromPod"/> or <see cref="FromContainer"/>.</param>
    /// <exception cref="ArgumentException">It is about no pod.</exception>
    public static string GetPodName(string subject) =>
        subject.Split('/') is ["pod", var name, ..] ? name : throw new ArgumentException($"'{subject}' is about no pod.", nameof(subject));

    /// <summary>What a kind of observation is about where there is only one such thing.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentException">There is one for each pod.</exception>
    public static string FromKind(ObservationKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Scope switch
        {
            ObservationScope.Cluster => Cluster,
            ObservationScope.Release => Release,
            _ => throw new ArgumentException($"'{kind.Name}' is observed for each pod.", nameof(kind)),
        };
    }

    /// <summary>All subjects of a kind of observation in a pod: the pod, and its other containers where each is checked.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="pod">The pod.</param>
    /// <exception cref="ArgumentException">The kind is not about pods.</exception>
    public static IReadOnlyList<string> ListForKind(ObservationKind kind, ServerPod pod)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(pod);
        return kind.Scope switch
        {
            ObservationScope.Pod => [FromPod(pod.Name)],
            ObservationScope.Container => [FromPod(pod.Name), .. pod.Sidecars.Select(container => FromContainer(pod.Name, container))],
            _ => throw new ArgumentException($"'{kind.Name}' is not about a pod.", nameof(kind)),
        };
    }
}
