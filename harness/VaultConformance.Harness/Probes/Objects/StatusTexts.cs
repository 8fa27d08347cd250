using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Texts in the status of a pod. A container writes them itself: its termination message, or the last lines of its log in place of one.
/// </summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class StatusTexts(SecretRedactor redactor)
{
    /// <summary>Takes secrets out of a status.</summary>
    /// <param name="status">The status; null when there is none.</param>
    public void Clean(V1PodStatus? status)
    {
        if (status is null)
        {
            return;
        }

        status.Message = Redact(status.Message);
        foreach (var condition in status.Conditions ?? [])
        {
            condition.Message = Redact(condition.Message);
        }

        foreach (var container in (status.InitContainerStatuses ?? [])
            .Concat(status.ContainerStatuses ?? [])
            .Concat(status.EphemeralContainerStatuses ?? []))
        {
            Clean(container.State);
            Clean(container.LastState);
        }
    }

    private void Clean(V1ContainerState? state)
    {
        if (state?.Terminated is { } terminated)
        {
            terminated.Message = Redact(terminated.Message);
        }

        if (state?.Waiting is { } waiting)
        {
            waiting.Message = Redact(waiting.Message);
        }
    }

    private string? Redact(string? text) => text is null ? null : redactor.Redact(text);
}
