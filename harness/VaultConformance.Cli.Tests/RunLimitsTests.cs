using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Tests;

public sealed class RunLimitsTests
{
    [TestCase(15, 6, 3, 10)]
    [TestCase(60, 24, 12, 40)]
    [TestCase(5, 2, 2, 10 / 3.0)]
    [TestCase(1, 1, 1, 1)]
    public void Every_part_of_a_run_gets_a_share_of_its_time(double run, double node, double step, double control)
    {
        var limits = new RunLimits(TimeSpan.FromMinutes(run));

        Assert.That((limits.Node.TotalMinutes, limits.Step.TotalMinutes), Is.EqualTo((node, step)));
        Assert.That(limits.Control.TotalMinutes, Is.EqualTo(control).Within(1e-6));
    }
}
