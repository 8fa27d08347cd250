namespace VaultConformance.Runs.Plan;

/// <summary>What parts of a run may take: shares of <c>--timeout</c>, so that a longer one gives every part of a slow machine more time.</summary>
/// <param name="Run">The whole run.</param>
internal sealed record RunLimits(TimeSpan Run)
{
    // A short run is ended by its own limit, which says so better than a share of it could.
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);

    /// <summary>The node comes up: two fifths, six minutes of fifteen.</summary>
    public TimeSpan Node => Share(0.4);

    /// <summary>A step of the release: a fifth, three minutes of fifteen.</summary>
    public TimeSpan Step => Share(0.2);

    /// <summary>One control with everything that it has to observe: two thirds, ten minutes of fifteen.</summary>
    public TimeSpan Control => Share(2.0 / 3);

    private TimeSpan Share(double part)
    {
        var share = Run * part;
        return share >= Least ? share : Run < Least ? Run : Least;
    }
}
