using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Reads the exit code of a container from the events of the node's container runtime, for kubelets that lose it.</summary>
internal sealed class NodeExitWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly INodeAccess _node;
    private readonly string _container;

    private NodeExitWatch(INodeAccess node, string container)
    {
        _node = node;
        _container = container;
    }

    private string EventsFile => $"/tmp/vault-conformance-events-{_container}";

    /// <summary>Starts to listen.</summary>
    /// <param name="node">The node; null when there is no access.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="limit">How long to listen at most.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Null where the node cannot be reached.</returns>
    internal static async Task<NodeExitWatch?> StartAsync(INodeAccess? node, V1Pod pod, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (node is null || ServerControl.FindStatus(pod)?.ContainerID?.Split("://") is not ["containerd", var container])
        {
            return null;
        }

        var watch = new NodeExitWatch(node, container);
        var script = FormattableString.Invariant($"timeout {(int)limit.TotalSeconds} ctr -n k8s.io events >{watch.EventsFile} 2>&1 &");
        await node.RunOnNodeAsync(["sh", "-c", script], cancellationToken);
        return watch;
    }

    /// <summary>How the container ended.</summary>
    /// <param name="wait">Waits.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the runtime told nothing.</returns>
    internal async Task<NodeExit?> ExitAsync(Wait wait, TimeSpan patience, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal("the container runtime to tell the exit code", patience, Interval, "It did not, which is the observation.");
        try
        {
            return await wait.UntilAsync(goal, LookAsync, cancellationToken);
        }
        catch (WaitFailedException)
        {
            return null;
        }
    }

    private async Task<Sighting<NodeExit>> LookAsync(CancellationToken cancellationToken)
    {
        var events = await _node.RunOnNodeAsync(["cat", EventsFile], cancellationToken);
        return Read(events.StandardOutput, _container) is { } exit
            ? new Sighting<NodeExit>.Reached(exit)
            : new Sighting<NodeExit>.NotYet("no exit event");
    }

    /// <summary>
    /// Reads the exit event of a container's first process; execs in it end with the same container id but another own one.
    /// </summary>
    internal static NodeExit? Read(string events, string container)
    {
        foreach (var line in events.Split('\n').Where(line => line.Contains("/tasks/exit", StringComparison.Ordinal)))
        {
            var brace = line.IndexOf('{', StringComparison.Ordinal);
            if (brace >= 0
                && Parse(line[brace..]) is { } exit
                && exit["container_id"]?.ToString() == container
                && exit["id"]?.ToString() == container)
            {
                // The runtime leaves zero out.
                return new NodeExit(exit["exit_status"]?.GetValue<int>() ?? 0, FindTime(exit["exited_at"]));
            }
        }

        return null;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTime? FindTime(JsonNode? node) =>
        DateTime.TryParse(
            node?.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var time) ? time : null;
}

/// <summary>The end of a container as the node's runtime tells it.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="At">When, by the node's clock; null when not told.</param>
internal sealed record NodeExit(int Code, DateTime? At);
