using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Pods;

/// <summary>
/// Says why the API server did not open a WebSocket to a pod. The handshake only gives a status code (the body with the reason is lost in
/// <see cref="ClientWebSocket"/>), so the pod is read to tell a missing container from one that does not run.
/// </summary>
internal sealed partial class PodConnection(IKubernetes client)
{
    /// <summary>True for the exceptions with which opening a WebSocket fails.</summary>
    public static bool IsOpeningFailure(Exception exception) =>
        exception is WebSocketException or HttpOperationException or KubernetesException or HttpRequestException or IOException;

    /// <summary>What is wrong, from the failure and a look at the pod.</summary>
    public async Task<PodConnectionProblem> ExplainAsync(PodContainer target, Exception exception, CancellationToken cancellationToken)
    {
        var code = FindCode(exception);
        if (code is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            return new(ExecFailure.NotAllowed, $"the API server refused it with {(int)code}");
        }

        try
        {
            var pod = await client.CoreV1.ReadNamespacedPodAsync(target.Pod, target.Namespace, cancellationToken: cancellationToken);
            return FromPod(pod, target) ?? new(ExecFailure.Refused, exception.Message.TrimEnd('.'));
        }
        catch (HttpOperationException read) when (read.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return new(ExecFailure.PodNotFound, "there is no such pod");
        }
        catch (Exception read) when (read is HttpOperationException or HttpRequestException)
        {
            return new(ExecFailure.Refused, exception.Message.TrimEnd('.'));
        }
    }

    private static PodConnectionProblem? FromPod(V1Pod pod, PodContainer target)
    {
        var names = (pod.Spec?.Containers ?? []).Select(container => container.Name)
            .Concat((pod.Spec?.EphemeralContainers ?? []).Select(container => container.Name))
            .ToList();
        if (!names.Contains(target.Container))
        {
            return new(ExecFailure.ContainerNotFound, $"the pod has no such container, only {string.Join(", ", names)}");
        }

        var status = (pod.Status?.ContainerStatuses ?? [])
            .Concat(pod.Status?.EphemeralContainerStatuses ?? [])
            .FirstOrDefault(candidate => candidate.Name == target.Container);
        return status?.State?.Running is null
            ? new(ExecFailure.ContainerNotRunning, $"the container {DescribeState(status?.State, pod)}")
            : null;
    }

    private static string DescribeState(V1ContainerState? state, V1Pod pod) => state switch
    {
        { Terminated: { } ended } => $"has ended with exit code {ended.ExitCode} ({ended.Reason ?? "no reason"})",
        { Waiting: { } waiting } => $"is waiting ({waiting.Reason ?? "no reason"})",
        _ => $"has not started (pod phase {pod.Status?.Phase ?? "unknown"})",
    };

    private static HttpStatusCode? FindCode(Exception exception) => exception switch
    {
        HttpOperationException { Response: { } response } => response.StatusCode,
        KubernetesException { Status.Code: { } code } => (HttpStatusCode)code,
        WebSocketException socket when StatusCode.Match(socket.Message) is { Success: true } match =>
            (HttpStatusCode)int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    [GeneratedRegex("status code '([0-9]{3})'")]
    private static partial Regex StatusCode { get; }
}

/// <summary>Why a connection to a pod could not be opened.</summary>
/// <param name="Failure">Class.</param>
/// <param name="Reason">Part of a sentence.</param>
internal sealed record PodConnectionProblem(ExecFailure Failure, string Reason);
