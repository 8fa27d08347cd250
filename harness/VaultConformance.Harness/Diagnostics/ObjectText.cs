using System.Globalization;
using System.Text;
using k8s.Models;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>Puts objects into words, as <c>kubectl describe</c> does, as far as it helps to understand a failure.</summary>
internal static class ObjectText
{
    /// <summary>Events, oldest first.</summary>
    public static string WriteEvents(IEnumerable<Corev1Event> events) => JoinLines(events
        .OrderBy(FindTime)
        .Select(item => string.Join(
            "  ",
            Stamp(FindTime(item)),
            item.Type,
            item.Reason,
            $"{item.InvolvedObject?.Kind}/{item.InvolvedObject?.Name}",
            $"x{item.Count ?? 1}",
            item.Message?.ReplaceLineEndings(" "))));

    /// <summary>A pod: conditions, containers with their states, its events.</summary>
    public static string WritePod(V1Pod pod, IEnumerable<Corev1Event> events)
    {
        var text = new StringBuilder();
        text.Append(JoinLines(
        [
            $"Pod {pod.Metadata.Name}, phase {pod.Status?.Phase}, node {pod.Spec?.NodeName ?? "none"}, "
                + $"{pod.Status?.Reason} {pod.Status?.Message}",
            $"Created {Stamp(pod.Metadata.CreationTimestamp)}, deletion {Stamp(pod.Metadata.DeletionTimestamp)}, "
                + $"grace {pod.Spec?.TerminationGracePeriodSeconds} s, class {pod.Status?.QosClass}",
            string.Empty,
            "Conditions:",
            .. (pod.Status?.Conditions ?? [])
                .Select(condition => $"  {condition.Type}={condition.Status}  {condition.Reason}  {condition.Message}"),
            string.Empty,
            "Containers:",
            .. ListContainerStatuses(pod).SelectMany(DescribeContainer),
            string.Empty,
            "Events:",
        ]));
        text.Append(WriteEvents(events.Where(item => item.InvolvedObject?.Name == pod.Metadata.Name)));
        return text.ToString();
    }

    /// <summary>Nodes: versions, taints, conditions.</summary>
    public static string WriteNodes(IEnumerable<V1Node> nodes) => JoinLines(nodes.SelectMany(node => (string[])
    [
        $"Node {node.Metadata.Name}: kubelet {node.Status?.NodeInfo?.KubeletVersion}, {node.Status?.NodeInfo?.ContainerRuntimeVersion}, "
            + $"kernel {node.Status?.NodeInfo?.KernelVersion}",
        .. (node.Spec?.Taints ?? []).Select(taint => $"  taint {taint.Key}={taint.Value}:{taint.Effect}"),
        .. (node.Status?.Conditions ?? []).Select(condition =>
            $"  {condition.Type}={condition.Status}  since {Stamp(condition.LastTransitionTime)}  {condition.Reason}  {condition.Message}"),
        .. (node.Status?.Allocatable ?? new Dictionary<string, ResourceQuantity>())
            .Select(resource => $"  allocatable {resource.Key}={resource.Value}"),
    ]));

    /// <summary>All containers of a pod that have a status.</summary>
    public static IEnumerable<V1ContainerStatus> ListContainerStatuses(V1Pod pod) =>
        (pod.Status?.InitContainerStatuses ?? [])
            .Concat(pod.Status?.ContainerStatuses ?? [])
            .Concat(pod.Status?.EphemeralContainerStatuses ?? []);

    private static IEnumerable<string> DescribeContainer(V1ContainerStatus status) =>
    [
        $"  {status.Name}: ready={status.Ready}, restarts={status.RestartCount}, image {status.Image}",
        $"    now:    {DescribeState(status.State)}",
        $"    before: {DescribeState(status.LastState)}",
    ];

    private static string DescribeState(V1ContainerState? state) => state switch
    {
        { Running: { } running } => $"running since {Stamp(running.StartedAt)}",
        { Waiting: { } waiting } => $"waiting: {waiting.Reason} {waiting.Message}",
        { Terminated: { } ended } =>
            $"ended {Stamp(ended.FinishedAt)} with exit code {ended.ExitCode}, signal {ended.Signal}: {ended.Reason} {ended.Message}",
        _ => "none",
    };

    private static DateTime? FindTime(Corev1Event item) =>
        item.LastTimestamp ?? item.EventTime ?? item.FirstTimestamp ?? item.Metadata?.CreationTimestamp;

    private static string Stamp(DateTime? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "never";

    private static string JoinLines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
}
