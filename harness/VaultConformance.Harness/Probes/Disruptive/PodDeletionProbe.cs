using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>
/// Deletes a server pod with its own grace period and watches how its server ends (PROC-2): a standby first where there is one, then the
/// active server, so that another one has to take over.
/// </summary>
/// <param name="control">Access to the servers.</param>
/// <param name="deletion">Deletes one pod.</param>
internal sealed class PodDeletionProbe(ServerControl control, PodDeletion deletion) : IProbe<PodDeletionFacts>
{
    /// <inheritdoc />
    public ObservationKind<PodDeletionFacts> Kind => ObservationKinds.PodDeletion;

    /// <inheritdoc />
    public async Task<PodDeletionFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var (pod, active) = await control.ChooseAsync(cancellationToken);
        var first = await deletion.DeleteAsync(pod, active, cancellationToken);
        if (active)
        {
            return first;
        }

        if (!first.Recovered)
        {
            return first with
            {
                ActiveSpared = "the active server was not deleted, because the standby that was deleted first did not come back"
            };
        }

        var (leader, reason) = await control.ChooseActiveAsync(cancellationToken);
        return leader is null
            ? first with { ActiveSpared = reason }
            : first with { Active = await deletion.DeleteAsync(leader, true, cancellationToken) };
    }
}
