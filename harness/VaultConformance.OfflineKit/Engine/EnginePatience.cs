using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>
/// Waits for an engine that is there and does not answer at once: a busy engine is not absent, and a second one beside it would break both.
/// </summary>
/// <param name="probe">Asks.</param>
/// <param name="endpoint">Where.</param>
/// <param name="findDaemon">Finds the process of an engine that does not listen yet.</param>
/// <param name="wait">Waits.</param>
internal sealed class EnginePatience(EngineProbe probe, EngineEndpoint endpoint, Func<int?> findDaemon, Wait wait)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks, and waits where an engine is.</summary>
    /// <param name="progress">Told what is waited for.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The engine that answers, or why there is none.</returns>
    /// <exception cref="HarnessException">There is one, and it did not answer in time.</exception>
    public async Task<EngineStatus> AnswerAsync(IRunProgress progress, TimeSpan limit, CancellationToken cancellationToken)
    {
        var seen = await probe.AskAsync(endpoint, EngineProbe.Limit, cancellationToken);
        if (SignOfLife(seen) is not { } sign)
        {
            return seen;
        }

        progress.ReportNotice(
            DockerEngine.Phase,
            FormattableString.Invariant($"The Docker engine at {endpoint} is slow: {sign}. Waiting for it, at most {limit:c}."));
        var goal = new WaitGoal(
            $"the Docker engine at {endpoint} to answer",
            limit,
            Interval,
            "It is there, so none is started beside it. Restart it, or allow more time with --timeout.");
        return await wait.UntilAsync(goal, token => LookAsync(limit, token), cancellationToken);
    }

    private async Task<Sighting<EngineStatus>> LookAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var seen = await probe.AskAsync(endpoint, limit, cancellationToken);
        return SignOfLife(seen) is { } sign ? new Sighting<EngineStatus>.NotYet(sign) : new Sighting<EngineStatus>.Reached(seen);
    }

    // Why an engine that does not answer is there all the same; null when it answers or nothing shows one.
    private string? SignOfLife(EngineStatus seen) => seen switch
    {
        EngineStatus.Silent silent =>
            FormattableString.Invariant($"something listens there, and no answer came within {silent.Waited.TotalSeconds:0} s"),
        EngineStatus.Unreachable { IsForbidden: false } when findDaemon() is { } process =>
            FormattableString.Invariant($"its process {process} runs and does not listen yet"),
        _ => null,
    };
}
