namespace VaultConformance.Harness.Waiting;

/// <summary>
/// Limits of waits that depend on how slow the machine is: each is a share of what a step of the run may take, which is a share of
/// <c>--timeout</c>.
/// </summary>
/// <param name="Step">Longest wait of a step of the release.</param>
internal sealed record StepLimits(TimeSpan Step)
{
    /// <summary>What holds where no run has said otherwise: the shares of a run of 15 minutes.</summary>
    public static StepLimits Default { get; } = new(TimeSpan.FromMinutes(3));

    /// <summary>A helper pod comes up, a container is looked into: a minute of three.</summary>
    public TimeSpan Helper => Step / 3;

    /// <summary>A server ends, or another becomes active: half a minute of three.</summary>
    public TimeSpan Server => Step / 6;

    /// <summary>The rest of a log arrives, the runtime tells of an exit: ten seconds of three minutes.</summary>
    public TimeSpan Afterwards => Step / 18;

    /// <summary>The kubelet puts a changed Secret into a pod, which takes it up to a minute and a half on any machine.</summary>
    public TimeSpan Mount => ChooseLonger(TimeSpan.FromMinutes(2), Step * 2 / 3);

    private static TimeSpan ChooseLonger(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
