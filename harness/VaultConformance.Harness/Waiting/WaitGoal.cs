namespace VaultConformance.Harness.Waiting;

/// <summary>What is waited for.</summary>
/// <param name="Description">Completes the sentence "waiting for …", for example <c>pod 'vault-0' to run</c>.</param>
/// <param name="Limit">Longest wait.</param>
/// <param name="Interval">Pause between two looks.</param>
/// <param name="Advice">What the user can do when it fails; a sentence.</param>
public sealed record WaitGoal(string Description, TimeSpan Limit, TimeSpan Interval, string Advice)
{
    /// <summary>True where the limit is a share of the run's, so that more time can be allowed when it is over.</summary>
    public bool GrowsWithTimeout { get; init; }
}

/// <summary>What one look found.</summary>
/// <typeparam name="T">What reaching the goal yields.</typeparam>
public abstract record Sighting<T>
{
    private Sighting()
    {
    }

    /// <summary>The goal is reached.</summary>
    /// <param name="Value">The result.</param>
    public sealed record Reached(T Value) : Sighting<T>;

    /// <summary>Not yet; worth another look.</summary>
    /// <param name="LastSeen">What was seen, for the message should the limit end the wait.</param>
    public sealed record NotYet(string LastSeen) : Sighting<T>;

    /// <summary>The state cannot recover; waiting on is pointless.</summary>
    /// <param name="Reason">What was seen.</param>
    public sealed record Hopeless(string Reason) : Sighting<T>;
}
