using System.Globalization;

namespace VaultConformance.Harness.Waiting;

/// <summary>A wait ended without reaching its goal.</summary>
public sealed class WaitFailedException : HarnessException
{
    private WaitFailedException(WaitGoal goal, string message, string lastSeen, bool timedOut)
        : base(FailureKind.Environment, message)
    {
        Goal = goal;
        LastSeen = lastSeen;
        TimedOut = timedOut;
    }

    /// <summary>What was waited for.</summary>
    public WaitGoal Goal { get; }

    /// <summary>The last observation.</summary>
    public string LastSeen { get; }

    /// <summary>True when the limit was over; false when a state was seen that cannot recover.</summary>
    public bool TimedOut { get; }

    internal static WaitFailedException LimitOver(WaitGoal goal, string lastSeen) => new(
        goal,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Waiting for {goal.Description} took longer than {goal.Limit:c}. Last seen: {lastSeen}. {goal.Advice}{AllowMoreTime(goal)}"),
        lastSeen,
        timedOut: true);

    private static string AllowMoreTime(WaitGoal goal) =>
        goal.GrowsWithTimeout ? " A slow machine needs a longer --timeout." : string.Empty;

    internal static WaitFailedException CannotRecover(WaitGoal goal, string reason) => new(
        goal,
        $"Gave up waiting for {goal.Description}: {reason.TrimEnd('.')}. {goal.Advice}",
        reason,
        timedOut: false);
}
