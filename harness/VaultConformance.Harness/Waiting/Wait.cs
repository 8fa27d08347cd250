namespace VaultConformance.Harness.Waiting;

/// <summary>Waits for a stated goal by looking again and again, and always knows what was last seen.</summary>
/// <param name="timeProvider">Clock and timer.</param>
public sealed class Wait(TimeProvider timeProvider)
{
    /// <summary>Looks until the goal is reached, a state is seen that cannot recover, or the limit is over.</summary>
    /// <typeparam name="T">What reaching the goal yields.</typeparam>
    /// <param name="goal">What is waited for, for how long, how often to look.</param>
    /// <param name="look">One look at the system.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="WaitFailedException">The limit is over, or a look reported a state that cannot recover.</exception>
    public async Task<T> UntilAsync<T>(WaitGoal goal, Func<CancellationToken, Task<Sighting<T>>> look, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(goal.Limit, timeProvider, cancellationToken);
        var lastSeen = "nothing yet";
        try
        {
            while (true)
            {
                var sighting = await look(limit.Token);
                switch (sighting)
                {
                    case Sighting<T>.Reached reached:
                        return reached.Value;
                    case Sighting<T>.Hopeless hopeless:
                        throw WaitFailedException.CannotRecover(goal, hopeless.Reason);
                    case Sighting<T>.NotYet notYet:
                        lastSeen = notYet.LastSeen;
                        break;
                }

                await Task.Delay(goal.Interval, timeProvider, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw WaitFailedException.LimitOver(goal, lastSeen);
        }
    }
}
