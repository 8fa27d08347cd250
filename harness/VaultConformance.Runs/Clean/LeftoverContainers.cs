using VaultConformance.Harness.Clusters;

namespace VaultConformance.Runs.Clean;

/// <summary>Removes node containers that no living run needs.</summary>
/// <param name="timeProvider">Clock.</param>
internal sealed class LeftoverContainers(TimeProvider timeProvider)
{
    /// <summary>True to remove nothing and only say what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Removes them.</summary>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <returns>What was done, in lines.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var container in await NodeContainers.ListAsync(cancellationToken))
        {
            if (!container.Kept && container.Owner.MayBeGoingOn(container.CreatedAt, timeProvider.GetUtcNow()))
            {
                lines.Add($"left alone: container {container.Name}, {LivingRun.ToSentence(container.RunId, container.Owner)}");
                continue;
            }

            if (!DryRun)
            {
                await NodeContainers.RemoveAsync(container, cancellationToken);
            }

            var done = DryRun ? "would remove" : "removed";
            lines.Add($"{done} container {container.Name} of run {container.RunId}{(container.Kept ? ", which was kept" : "")}");
        }

        return lines;
    }
}

/// <summary>Words for what is left because its run goes on.</summary>
internal static class LivingRun
{
    /// <summary>Says who has it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who started it.</param>
    public static string ToSentence(string runId, RunOwner owner) => owner.Host is { } host && host != RunOwner.Current.Host
        ? $"run {runId} was started on {host} less than {RunOwner.LongestRun.TotalHours:0} h ago and may be going on there; clean up on "
            + "that machine"
        : $"run {runId} is still going on in process {owner.ProcessId}";
}
