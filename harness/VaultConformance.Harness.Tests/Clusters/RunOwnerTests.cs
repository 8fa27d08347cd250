using System.Diagnostics;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Harness.Tests.Clusters;

/// <summary>What a run created is removed by others only when that run has ended for sure.</summary>
public sealed class RunOwnerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_run_of_this_process_is_going_on_whatever_the_process_is_called() =>
        Assert.That(RunOwner.From(new Dictionary<string, string>(RunLabels.CreateFor("run-1"))).MayBeGoingOn(Now.AddDays(-9), Now), Is.True);

    [Test]
    public void Labels_give_back_who_wrote_them() => Assert.That(
        RunOwner.From(new Dictionary<string, string>(RunOwner.Current.CreateLabels())) with { Started = null }, Is.EqualTo(RunOwner.Current with { Started = null }));

    [Test]
    public void A_process_that_ended_has_no_run()
    {
        using var process = Process.Start("true");
        process.WaitForExit();

        Assert.That((RunOwner.Current with { ProcessId = process.Id, Started = null }).MayBeGoingOn(Now, Now), Is.False);
    }

    [Test]
    public void A_process_that_got_the_id_later_is_another_one() =>
        Assert.That((RunOwner.Current with { Started = RunOwner.Current.Started - TimeSpan.FromSeconds(5) }).MayBeGoingOn(Now, Now), Is.False);

    [TestCase(23, true)]
    [TestCase(24, false)]
    public void On_another_machine_only_the_time_tells(int hours, bool expected) =>
        Assert.That(new RunOwner("another-machine", Environment.ProcessId, null).MayBeGoingOn(Now.AddHours(-hours), Now), Is.EqualTo(expected));

    [Test]
    public void Without_labels_nobody_needs_it() => Assert.That(RunOwner.From(new Dictionary<string, string>()).MayBeGoingOn(Now, Now), Is.False);
}
