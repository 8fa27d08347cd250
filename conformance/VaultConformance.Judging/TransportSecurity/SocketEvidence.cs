using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>What is known of the sockets of a pod and of the processes that may own them.</summary>
/// <param name="Pod">The pod as admitted.</param>
/// <param name="Sockets">Its listening sockets.</param>
/// <param name="Processes">Processes of the server container.</param>
/// <param name="Sidecars">Processes of the other containers that could be seen, by container.</param>
/// <param name="SidecarNames">Names of all containers beside the server that go on running.</param>
internal sealed record SocketEvidence(
    V1Pod Pod,
    ListeningSockets Sockets,
    ProcessTable Processes,
    IReadOnlyDictionary<string, ProcessTable> Sidecars,
    IReadOnlyList<string> SidecarNames)
{
    private bool HostNetwork => Pod.Spec.HostNetwork == true;

    /// <summary>The sockets that are the pod's own and can be reached from outside of it.</summary>
    public IReadOnlyList<ListeningSocket> Reachable =>
    [
        .. PodSockets.List(Sockets, HostNetwork, [Processes, .. SidecarNames.Select(Sidecars.GetValueOrDefault)])
            .Where(socket => !socket.LoopbackOnly).OrderBy(socket => socket.Port).ThenBy(socket => socket.Address, StringComparer.Ordinal),
    ];

    /// <summary>True when the containers beside the server matter: the server is not known to own all sockets.</summary>
    public bool NeedsSidecars => SidecarNames.Count > 0 && (HostNetwork || Reachable.Any(socket => FindOwner(socket).IsServer != true));

    /// <summary>Whether the server owns a socket; null when that cannot be told.</summary>
    /// <param name="socket">The socket.</param>
    public (bool? IsServer, string Who) FindOwner(ListeningSocket socket)
    {
        var servers = Processes.VaultServers;
        if (servers.Count == 0)
        {
            return (null, "no server process was seen in the container");
        }

        if (!servers.Any(server => server.Uids.Contains(socket.Uid)))
        {
            return (false, $"another: the socket belongs to UID {socket.Uid}, and the server runs as "
                + $"{string.Join(", ", servers.SelectMany(server => server.Uids).Distinct())}");
        }

        return FindKnownOwner(socket) switch
        {
            { Server: true } owner => (true, owner.Who),
            { } owner => (false, $"another: {owner.Who}"),
            null when socket.Inode is not null && ServerSeen => (false, "another: no process of the server container has this socket"),
            null => DescribeAlone(),
        };
    }

    /// <summary>The container beside the server that has a socket; null when the server's has it too, or nobody is known to.</summary>
    /// <param name="socket">The socket.</param>
    public string? FindSidecar(ListeningSocket socket)
    {
        bool Has(ProcessFacts process) =>
            process.InContainer != false && socket.Inode is { } inode && process.SocketInodes?.Contains(inode) == true;
        var names = Sidecars.Where(sidecar => sidecar.Value.Processes.Any(Has)).Select(sidecar => sidecar.Key).ToList();
        return names.Count == 1 && !Processes.Processes.Any(Has) ? names[0] : null;
    }

    private bool ServerSeen => Processes.Workload.All(process => process.SocketInodes is not null);

    /// <summary>Where the open files are not known, only a pod that runs nothing but the server tells who owns a socket.</summary>
    private (bool? IsServer, string Who) DescribeAlone()
    {
        var ancestors = Processes.VaultServers.SelectMany(ListAncestors).Select(process => process.Pid).ToHashSet();
        var alone = !HostNetwork && SidecarNames.Count == 0 && (Pod.Spec.EphemeralContainers ?? []).Count == 0
            && Processes.Workload.All(process => process.IsVaultServer || ancestors.Contains(process.Pid));
        return alone
            ? (true, "the server: nothing else runs in the pod")
            : (null, "which process has this socket was not recorded or could not be read, and the server is not alone in the pod");
    }

    private IEnumerable<ProcessFacts> ListAncestors(ProcessFacts process)
    {
        var seen = new HashSet<int>();
        for (var current = FindParent(process); current is not null && seen.Add(current.Pid); current = FindParent(current))
        {
            yield return current;
        }
    }

    private ProcessFacts? FindParent(ProcessFacts process) =>
        Processes.Processes.FirstOrDefault(candidate => candidate.Pid == process.ParentPid);

    private (bool Server, string Who)? FindKnownOwner(ListeningSocket socket)
    {
        bool Has(ProcessFacts process) => socket.Inode is { } inode && process.SocketInodes?.Contains(inode) == true;
        var owners = Processes.Processes.Where(Has).ToList();
        if (owners.Count > 0)
        {
            var other = owners.Find(process => !process.IsVaultServer);
            return other is null ? (true, owners[0].DescribeLabel()) : (false, other.DescribeLabel());
        }

        return Sidecars.SelectMany(sidecar => sidecar.Value.Processes
            .Where(Has)
            .Select(process => ((bool, string)?)(false, $"{process.DescribeLabel()} in container '{sidecar.Key}'")))
            .FirstOrDefault();
    }
}
