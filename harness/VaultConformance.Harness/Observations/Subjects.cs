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
    public static string Pod(string name) => $"pod/{name}";

    /// <summary>A container beside the server in a pod of the release.</summary>
    /// <param name="pod">Pod name.</param>
    /// <param name="container">Container name.</param>
    public static string Container(string pod, string container) => $"pod/{pod}/{container}";

    /// <summary>Name of the pod that a subject is about.</summary>
    /// <param name="subject">A subject made by <see cref="Pod"/> or <see cref="Container"/>.</param>
    /// <exception cref="ArgumentException">It is about no pod.</exception>
    public static string PodName(string subject) =>
        subject.Split('/') is ["pod", var name, ..] ? name : throw new ArgumentException($"'{subject}' is about no pod.", nameof(subject));
}
