using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>Signs that the image cannot be executed under the pod's security context.</summary>
internal static class StartFailures
{
    private static readonly int[] CannotExecute = [126, 127];

    private static readonly string[] Messages = ["Operation not permitted", "agent: not found", "Vault requires the IPC_LOCK capability"];

    /// <summary>Every sign in a pod's status, in words.</summary>
    /// <param name="pod">The pod.</param>
    public static IReadOnlyList<string> List(V1Pod pod) =>
    [
        .. (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []).SelectMany(ListContainer),
    ];

    private static IEnumerable<string> ListContainer(V1ContainerStatus status)
    {
        IEnumerable<V1ContainerStateTerminated?> ends = [status.State?.Terminated, status.LastState?.Terminated];
        foreach (var end in ends.OfType<V1ContainerStateTerminated>().Where(IsFailure))
        {
            yield return $"container {status.Name} ended with exit code {end.ExitCode} "
                + $"({SecretScanner.Mask((end.Message ?? end.Reason ?? "no message").Trim())})";
        }

        if (status.State?.Waiting is { Message: { } message } waiting
            && Messages.Any(known => message.Contains(known, StringComparison.Ordinal)))
        {
            yield return $"container {status.Name} waits: {waiting.Reason} ({SecretScanner.Mask(message.Trim())})";
        }
    }

    private static bool IsFailure(V1ContainerStateTerminated end) =>
        CannotExecute.Contains(end.ExitCode) || Messages.Any(known => end.Message?.Contains(known, StringComparison.Ordinal) == true);
}
