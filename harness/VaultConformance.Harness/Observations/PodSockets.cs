namespace VaultConformance.Harness.Observations;

/// <summary>Which listening sockets are a pod's own.</summary>
public static class PodSockets
{
    /// <summary>
    /// All of the pod's network namespace. In the network of the host that namespace shows every port of the node: then only those count
    /// that a process of the pod has open, provided that the open files of all its processes are known.
    /// </summary>
    /// <param name="sockets">What listens.</param>
    /// <param name="hostNetwork">True when the pod uses the network of the host.</param>
    /// <param name="containers">Processes of every container of the pod; null for one that could not be seen.</param>
    public static IReadOnlyList<ListeningSocket> List(ListeningSockets sockets, bool hostNetwork, IReadOnlyList<ProcessTable?> containers)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        ArgumentNullException.ThrowIfNull(containers);
        if (!hostNetwork
            || sockets.Sockets.Any(socket => socket.Inode is null)
            || !containers.All(container => container is not null && IsKnown(container)))
        {
            return sockets.Sockets;
        }

        var owned = containers.SelectMany(container => container!.Processes).SelectMany(process => process.SocketInodes ?? []).ToHashSet();
        return [.. sockets.Sockets.Where(socket => owned.Contains(socket.Inode!.Value))];
    }

    private static bool IsKnown(ProcessTable container) =>
        container.Workload.Count > 0 && container.Workload.All(process => process.SocketInodes is not null);
}
