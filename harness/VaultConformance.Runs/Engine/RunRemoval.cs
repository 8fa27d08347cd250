using VaultConformance.Harness.Progress;

namespace VaultConformance.Runs.Engine;

/// <summary>
/// Removes what a run created. The result is written down by then, so that trouble here is told and changes neither verdict nor exit code.
/// </summary>
/// <param name="progress">Told what happens.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class RunRemoval(IRunProgress progress, TimeProvider timeProvider)
{
    /// <summary>Name of the phase.</summary>
    public const string Phase = "removal";

    /// <summary>Removes the release, then the cluster, each whatever becomes of the other.</summary>
    /// <param name="deployment">The release.</param>
    /// <param name="cluster">The cluster.</param>
    public Task RemoveAsync(IAsyncDisposable deployment, IAsyncDisposable cluster) => progress.RunPhaseAsync(
        Phase,
        "removing what the run created",
        timeProvider,
        async () =>
        {
            await TryAsync("the release", deployment);
            await TryAsync("the cluster", cluster);
            return 0;
        });

    private async Task TryAsync(string what, IAsyncDisposable created)
    {
        try
        {
            await created.DisposeAsync();
        }
        catch (Exception exception)
        {
            progress.ReportNotice(
                Phase, $"Not everything of {what} was removed: {exception.Message.TrimEnd('.')}. The verb 'clean' removes what is left.");
        }
    }
}
