using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Reads the exit code of a container from the events of the node's container runtime, for kubelets that lose it.</summary>
internal sealed class NodeExitWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Task<NodeCommandResult>? _events;
    private readonly string _container;

    private NodeExitWatch(Task<NodeCommandResult>? events, string container)
    {
        _events = events;
        _container = container;
    }

    /// <summary>Starts to listen; does nothing where the node cannot be reached.</summary>
    /// <param name="node">The node; null when there is no access.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="limit">How long to listen at most.</param>
    /// <param name="cancellationToken">Ends listening.</param>
    internal static NodeExitWatch Start(INodeAccess? node, V1Pod pod, TimeSpan limit, CancellationToken cancellationToken)
    {
        var id = ServerControl.StatusOf(pod)?.ContainerID?.Split("://") is ["containerd", var container] ? container : null;
        if (node is null || id is null)
        {
            return new NodeExitWatch(null, string.Empty);
        }

        var script = FormattableString.Invariant(
            $"timeout {(int)limit.TotalSeconds} ctr -n k8s.io events | while read -r line; do case \"$line\" in */tasks/exit*{id}*) echo \"$line\"; break ;; esac; done");
        return new NodeExitWatch(node.RunOnNodeAsync(["sh", "-c", script], cancellationToken), id);
    }

    /// <summary>The exit code.</summary>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the runtime told none.</returns>
    internal async Task<int?> ExitCodeAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (_events is null)
        {
            return null;
        }

        try
        {
            return Read((await _events.WaitAsync(Patience, timeProvider, cancellationToken)).StandardOutput, _container);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Reads the exit event of a container's first process; execs in it end with the same container id but another own one.</summary>
    internal static int? Read(string events, string container)
    {
        foreach (var line in events.Split('\n').Where(line => line.Contains("/tasks/exit", StringComparison.Ordinal)))
        {
            var brace = line.IndexOf('{', StringComparison.Ordinal);
            if (brace >= 0 && Parse(line[brace..]) is { } exit && exit["container_id"]?.ToString() == container && exit["id"]?.ToString() == container)
            {
                // The runtime leaves zero out.
                return exit["exit_status"]?.GetValue<int>() ?? 0;
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
}
