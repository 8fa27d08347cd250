using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// What puts the release as a whole in doubt, or one of its pods: facts that cannot be true together. A doubt opens every control that
/// judges server pods.
/// </summary>
internal static class SubjectDoubts
{
    /// <summary>Looks for doubts. What was not observed raises none: the controls that rest on it say so.</summary>
    /// <param name="objects">The objects of the release.</param>
    /// <param name="pods">Its server pods.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The doubts, each with the release or the pod that it is about.</returns>
    public static async Task<IReadOnlyList<(string Subject, Judgement Doubt)>> FindAsync(
        AdmittedObjects objects, IReadOnlyList<ServerPod> pods, CancellationToken cancellationToken)
    {
        var servers = new List<ServerSighting>();
        foreach (var pod in pods)
        {
            servers.Add(
                new ServerSighting(pod.Admitted, pod.Container, await pod.FindAsync(ObservationKinds.VaultState, cancellationToken)));
        }

        var doubts = ServerStates.Judge(servers).Select(doubt => (Subjects.Release, doubt)).ToList();
        foreach (var (pod, server) in pods.Zip(servers))
        {
            var identity = new PodIdentity(pod.Admitted, pod.Container, objects).Judge(
                await pod.FindAsync(ObservationKinds.Processes, cancellationToken),
                await pod.FindAsync(ObservationKinds.Mounts, cancellationToken),
                server.State,
                await pod.FindAsync(ObservationKinds.ServerLog, cancellationToken));
            doubts.AddRange(identity.Concat(ServerStates.JudgeOne(server)).Select(doubt => (pod.Name, doubt)));
        }

        return doubts;
    }
}
