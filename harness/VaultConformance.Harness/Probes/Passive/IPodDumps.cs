using k8s.Models;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Dumps of containers: taken now, or recorded.</summary>
internal interface IPodDumps
{
    /// <summary>The dump of a subject: a server pod, or a container beside the server.</summary>
    /// <exception cref="HarnessException">It could not be taken, or was not recorded.</exception>
    Task<PodDump> GetAsync(string subject, CancellationToken cancellationToken);

    /// <summary>The server container of a subject as admitted.</summary>
    /// <exception cref="HarnessException">There is no such pod.</exception>
    Task<V1Container> GetServerContainerAsync(string subject, CancellationToken cancellationToken);
}
