using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// What puts the release as a whole in doubt, or one of its pods: facts that cannot be true together. A doubt opens every control that judges server pods.
/// </summary>
internal sealed class SubjectDoubts
{
    private readonly Dictionary<string, IReadOnlyList<Judgement>> _ofPods = new(StringComparer.Ordinal);

    private SubjectDoubts(IReadOnlyList<Judgement> ofRelease) => OfRelease = ofRelease;

    /// <summary>Doubts about the release.</summary>
    public IReadOnlyList<Judgement> OfRelease { get; }

    /// <summary>Looks for doubts. What was not observed raises none: the controls that rest on it say so.</summary>
    /// <param name="objects">The objects of the release.</param>
    /// <param name="pods">Its server pods.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public static async Task<SubjectDoubts> OfAsync(AdmittedObjects objects, IReadOnlyList<ServerPod> pods, CancellationToken cancellationToken)
    {
        var servers = new List<ServerSighting>();
        foreach (var pod in pods)
        {
            servers.Add(new ServerSighting(pod.Admitted, pod.Container, await pod.FindAsync(ObservationKinds.VaultState, cancellationToken)));
        }

        var doubts = new SubjectDoubts([.. ServerStates.Judge(servers)]);
        foreach (var (pod, server) in pods.Zip(servers))
        {
            var identity = new PodIdentity(pod.Admitted, pod.Container, objects).Judge(
                await pod.FindAsync(ObservationKinds.Processes, cancellationToken),
                await pod.FindAsync(ObservationKinds.Mounts, cancellationToken),
                server.State,
                await pod.FindAsync(ObservationKinds.ServerLog, cancellationToken));
            doubts._ofPods[pod.Name] = [.. identity, .. ServerStates.JudgeOne(server)];
        }

        return doubts;
    }

    /// <summary>Doubts about a pod.</summary>
    /// <param name="pod">The pod.</param>
    public IReadOnlyList<Judgement> Of(ServerPod pod) => _ofPods[pod.Name];
}
