using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>One bar of the timing plot, in thousandths of its width.</summary>
/// <param name="Phase">Name of the phase.</param>
/// <param name="Duration">Its duration.</param>
/// <param name="Start">Where the bar begins, 0 to 1000.</param>
/// <param name="Length">How long it is; at least 4, so that it can be seen.</param>
internal sealed record PhaseBar(string Phase, TimeSpan Duration, int Start, int Length)
{
    private const int Width = 1000;
    private const int Least = 4;

    /// <summary>The bars of some phases, each beginning where the one before it ends.</summary>
    /// <param name="phases">The phases, in order.</param>
    public static IReadOnlyList<PhaseBar> ListFrom(IReadOnlyList<PhaseDuration> phases)
    {
        var total = Math.Max(phases.Sum(phase => phase.Duration.TotalSeconds), double.Epsilon);
        var bars = new List<PhaseBar>();
        var passed = 0.0;
        foreach (var phase in phases)
        {
            var length = Math.Clamp((int)Math.Round(phase.Duration.TotalSeconds / total * Width), Least, Width);
            var start = Math.Clamp((int)Math.Round(passed / total * Width), 0, Width - length);
            bars.Add(new PhaseBar(phase.Phase, phase.Duration, start, length));
            passed += phase.Duration.TotalSeconds;
        }

        return bars;
    }
}
