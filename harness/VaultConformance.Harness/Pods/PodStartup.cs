using System.Globalization;
using VaultConformance.Harness.Waiting;
using k8s.Models;

namespace VaultConformance.Harness.Pods;

/// <summary>Reads from pods whether the server containers run, may still come, or never will.</summary>
internal static class PodStartup
{
    // Kubernetes retries these for ever, but they do not go away by themselves.
    private static readonly HashSet<string> Hopeless = new(StringComparer.Ordinal)
    {
        "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "CreateContainerConfigError",
        "CrashLoopBackOff",
        "RunContainerError",
    };

    private const string NoAccount = "error looking up service account";

    // What admission says when it refuses a pod, as the StatefulSet's controller reports it.
    private static readonly string[] Refusals = ["is forbidden", "is invalid", "denied the request"];

    /// <summary>Judges all pods of the server.</summary>
    /// <param name="pods">The pods as they are.</param>
    /// <param name="expected">How many there must be.</param>
    /// <param name="events">Events of the namespace, for what pods themselves do not tell.</param>
    internal static Sighting<IReadOnlyList<V1Pod>> Judge(IReadOnlyList<V1Pod> pods, int expected, IReadOnlyList<Corev1Event> events)
    {
        foreach (var pod in pods)
        {
            if (FindHopelessReason(pod) is { } reason)
            {
                return new Sighting<IReadOnlyList<V1Pod>>.Hopeless(reason);
            }
        }

        if (pods.Count < expected && FindRefusedCreation(events) is { } refused)
        {
            return new Sighting<IReadOnlyList<V1Pod>>.Hopeless(MissingThing.WithRemedy(refused));
        }

        var running = pods.Count(Runs);
        return running >= expected
            ? new Sighting<IReadOnlyList<V1Pod>>.Reached(pods)
            : new Sighting<IReadOnlyList<V1Pod>>.NotYet(
                FormattableString.Invariant($"{running} of {expected} server pods run ({DescribeMissing(pods, events)})"));
    }

    /// <summary>Why a pod cannot come up; null while it may.</summary>
    /// <param name="pod">The pod.</param>
    internal static string? FindHopelessReason(V1Pod pod)
    {
        // A pod that is being deleted may end as failed, too; it will be replaced.
        if (pod is { Status.Phase: "Failed", Metadata.DeletionTimestamp: null })
        {
            return $"pod '{pod.Metadata.Name}' failed ({pod.Status.Reason ?? "no reason"}): "
                + $"{(pod.Status.Message ?? "no message").TrimEnd('.', ' ')}";
        }

        foreach (var status in ListStatuses(pod))
        {
            if (status.State?.Waiting is { Reason: { } reason } waiting && Hopeless.Contains(reason))
            {
                return $"container '{status.Name}' of pod '{pod.Metadata.Name}' is in {reason}{Exit(status)}: "
                    + $"{MissingThing.WithRemedy((waiting.Message ?? "no message").TrimEnd('.', ' '))}";
            }

            if (status.State?.Terminated is { ExitCode: 126 or 127 } terminated)
            {
                return string.Create(CultureInfo.InvariantCulture, $"container '{status.Name}' of pod '{pod.Metadata.Name}' ended with "
                    + $"exit code {terminated.ExitCode}: its program cannot be executed");
            }
        }

        return null;
    }

    /// <summary>True when the server container runs.</summary>
    /// <param name="pod">The pod.</param>
    internal static bool Runs(V1Pod pod) =>
        pod.Metadata.DeletionTimestamp is null
        && pod.Status.ContainerStatuses is { Count: > 0 } statuses
        && statuses.All(status => status.State?.Running is not null);

    /// <summary>True when the pod takes requests.</summary>
    /// <param name="pod">The pod.</param>
    internal static bool IsReady(V1Pod pod) =>
        pod.Status.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    /// <summary>What the volumes of a pod lack that the cluster does not have: a Secret or ConfigMap.</summary>
    /// <param name="pods">The pods as they are.</param>
    /// <param name="events">Events of the namespace.</param>
    internal static string? FindUnmountableVolume(IReadOnlyList<V1Pod> pods, IReadOnlyList<Corev1Event> events)
    {
        foreach (var pod in pods.Where(pod => !Runs(pod)))
        {
            var mount = events.LastOrDefault(
                candidate => candidate.Reason == "FailedMount" && IsAbout(candidate, pod) && MissingThing.Is(candidate.Message));
            if (mount is not null)
            {
                return $"pod '{pod.Metadata.Name}' cannot mount a volume (FailedMount): "
                    + $"{MissingThing.WithRemedy(mount.Message.TrimEnd('.'))}";
            }
        }

        return null;
    }

    /// <summary>That pods are refused because their ServiceAccount does not exist.</summary>
    /// <param name="events">Events of the namespace.</param>
    /// <param name="attempts">How often it must have been tried.</param>
    internal static string? FindMissingServiceAccount(IReadOnlyList<Corev1Event> events, int attempts) =>
        FindLastRefusal(events) is { } refusal && refusal.Contains(NoAccount, StringComparison.Ordinal)
        && events.Any(candidate => candidate.Reason == "FailedCreate" && (candidate.Count ?? 1) >= attempts)
            ? MissingThing.WithRemedy(refusal)
            : null;

    private static bool IsAbout(Corev1Event candidate, V1Pod pod) =>
        pod.Metadata.Uid is { } uid && candidate.InvolvedObject.Uid is { } about
            ? uid == about
            : candidate.InvolvedObject.Name == pod.Metadata.Name;

    // A service account that the controller does not know yet is forbidden only until it does.
    private static string? FindRefusedCreation(IReadOnlyList<Corev1Event> events) => FindLastRefusal(events) is { } message
        && Refusals.Any(refusal => message.Contains(refusal, StringComparison.Ordinal))
        && !message.Contains(NoAccount, StringComparison.Ordinal)
            ? message
            : null;

    private static string? FindLastRefusal(IReadOnlyList<Corev1Event> events) =>
        events.LastOrDefault(
            candidate => candidate is { Reason: "FailedCreate", InvolvedObject.Kind: "StatefulSet" })?.Message?.TrimEnd('.');

    private static string DescribeMissing(IReadOnlyList<V1Pod> pods, IReadOnlyList<Corev1Event> events) =>
        pods.Count > 0 ? string.Join("; ", pods.Where(pod => !Runs(pod)).Select(Describe)) : FindLastRefusal(events) ?? "none exists yet";

    private static IEnumerable<V1ContainerStatus> ListStatuses(V1Pod pod) =>
        (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []);

    private static string Exit(V1ContainerStatus status) =>
        (status.LastState?.Terminated ?? status.State?.Terminated) is { } ended
            ? string.Create(CultureInfo.InvariantCulture, $" (exit code "
                + $"{ended.ExitCode}{(ended.Reason is null or "Error" ? string.Empty : $", {ended.Reason}")}, {status.RestartCount} "
                + $"restarts)")
            : string.Empty;

    private static string Describe(V1Pod pod)
    {
        var waiting = ListStatuses(pod).Select(status => status.State?.Waiting?.Reason).FirstOrDefault(reason => reason is not null);
        var condition = pod.Status.Conditions?.FirstOrDefault(candidate => candidate is { Type: "PodScheduled", Status: "False" });
        return $"'{pod.Metadata.Name}' is "
            + $"{pod.Status.Phase ?? "unknown"}{(waiting ?? condition?.Message) switch { null => string.Empty, var why => $": {why}" }}";
    }
}
