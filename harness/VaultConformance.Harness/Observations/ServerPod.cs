using VaultConformance.Harness.Products;
using k8s.Models;

namespace VaultConformance.Harness.Observations;

/// <summary>One Vault server pod. Every method answers the same observation each time it is asked.</summary>
/// <param name="source">Where observations come from.</param>
/// <param name="pod">The pod as admitted.</param>
/// <remarks>All methods throw <see cref="ObservationUnavailableException"/> when the fact could not be observed.</remarks>
public sealed class ServerPod(IObservationSource source, V1Pod pod)
{
    /// <summary>Pod name.</summary>
    public string Name => pod.Metadata.Name;

    /// <summary>The pod as the API server admitted it.</summary>
    public V1Pod Admitted => pod;

    /// <summary>The server container: named as in a product's chart, else the first.</summary>
    public V1Container Container => ServerProduct.FindServerContainer(pod);

    /// <summary>
    /// Names of the containers that run beside the server: ordinary ones, init containers that keep running (<c>restartPolicy: Always</c>)
    /// and those that were added for debugging and have not ended.
    /// </summary>
    public IReadOnlyList<string> Sidecars =>
    [
        .. ListSidecars(pod),
        .. (pod.Spec.EphemeralContainers ?? []).Select(container => container.Name).Where(name => !HasEnded(name)),
    ];

    /// <summary>Names of the containers that a pod declares beside its server and that keep running.</summary>
    /// <param name="pod">The pod.</param>
    internal static IReadOnlyList<string> ListSidecars(V1Pod pod) =>
    [
        .. pod.Spec.Containers.Select(container => container.Name).Where(name => name != ServerProduct.FindServerContainer(pod).Name),
        .. (pod.Spec.InitContainers ?? []).Where(container => container.RestartPolicy == "Always").Select(container => container.Name),
    ];

    /// <summary>Processes of the server container.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<ProcessTable> ObserveProcessesAsync(CancellationToken cancellationToken) =>
        await ObserveAsync(ObservationKinds.Processes, cancellationToken) with { NamespaceShared = SharesNamespace };

    /// <summary>Processes of a container beside the server.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<ProcessTable> ObserveSidecarProcessesAsync(string container, CancellationToken cancellationToken) =>
        SelectBeside(container, (await source.ObserveAsync(
            ObservationKinds.Processes, Subjects.FromContainer(Name, container), cancellationToken)).RequireOf(pod));

    /// <summary>Processes of a container beside the server; null when they were not recorded.</summary>
    /// <param name="container">Its name.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<ProcessTable?> FindSidecarProcessesAsync(string container, CancellationToken cancellationToken) =>
        (await source.ObserveAsync(ObservationKinds.Processes, Subjects.FromContainer(Name, container), cancellationToken)).Value
            is { } table ? SelectBeside(container, table) : null;

    /// <summary>A fact about this pod.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What to observe, for example <see cref="ObservationKinds.Mounts"/>; processes have methods of their own.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public async Task<T> ObserveAsync<T>(ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        (await source.ObserveAsync(kind, Subjects.FromPod(Name), cancellationToken)).RequireOf(pod);

    /// <summary>
    /// A fact that is only compared with others; null when it could not be taken or read. The controls that rest on it say why it is not
    /// there.
    /// </summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">Kind.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<T?> FindAsync<T>(ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ObserveAsync(kind, cancellationToken);
        }
        catch (HarnessException)
        {
            return null;
        }
    }

    private bool SharesNamespace => pod.Spec.ShareProcessNamespace == true || pod.Spec.HostPID == true;

    // A container for debugging may be in the process namespace of the one that it is aimed at.
    private ProcessTable SelectBeside(string container, ProcessTable table) =>
        table with
        {
            NamespaceShared = SharesNamespace || (pod.Spec.EphemeralContainers ?? []).Any(candidate => candidate.Name == container)
        };

    private bool HasEnded(string name) =>
        pod.Status?.EphemeralContainerStatuses?.FirstOrDefault(status => status.Name == name)?.State?.Terminated is not null;
}
