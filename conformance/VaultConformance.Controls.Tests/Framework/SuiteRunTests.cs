using System.Collections.Concurrent;
using System.Xml.Linq;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Framework;

public sealed class SuiteRunTests
{
    // Long enough for a busy machine: one sample runs until its limit.
    private static readonly SuiteOptions Quick = new() { ControlTimeLimit = TimeSpan.FromSeconds(1) };

    [Test]
    public async Task Every_planned_control_is_reported_and_those_left_out_are_inconclusive()
    {
        var outcome = await SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: Quick with { Only = [ControlId.Parse("SAM-5")] });

        Assert.That(outcome.Results.Select(result => result.Control.Id), Is.EqualTo(outcome.Planned));
        Assert.That(outcome.Planned, Has.Count.EqualTo(13));
        Assert.That(outcome.Result("SAM-5").Outcome, Is.EqualTo(Outcome.NotApplicable));
        Assert.That(outcome.Result("SAM-6").Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(outcome.Result("SAM-6").Reason, Is.EqualTo("left out of this run by --only or --skip"));
    }

    [Test]
    public async Task Disruptive_controls_come_last_and_every_result_is_told_as_it_comes()
    {
        var told = new Listener();

        await SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: Quick, progress: told);

        Assert.That(told.Ids, Has.Count.EqualTo(13));
        Assert.That(told.Ids.Last(), Is.EqualTo("SAM-7"));
    }

    [Test]
    public async Task A_cancelled_run_ends_at_once_and_still_reports_every_control()
    {
        using var cancellation = new CancellationTokenSource();
        var told = new Listener { OnReport = _ => cancellation.Cancel() };

        var outcome = await SampleRun.OfAsync(
            typeof(SampleControls<int>), new FakeSource(), options: new SuiteOptions(), progress: told, cancellationToken: cancellation.Token);

        Assert.That(outcome.Results, Has.Count.EqualTo(13));
        Assert.That(outcome.Results.Count(result => result.Reason == "the run was cancelled before this control"), Is.EqualTo(12));
    }

    [Test]
    public async Task A_control_that_waits_is_interrupted_by_cancellation()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var options = new SuiteOptions { Only = [ControlId.Parse("SAM-8")] };

        var outcome = await SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: options, cancellationToken: cancellation.Token);

        Assert.That(outcome.Result("SAM-8").Reason, Does.StartWith("the run was cancelled"));
    }

    [Test]
    public async Task The_xml_carries_outcome_level_and_findings_as_properties()
    {
        var source = new FakeSource().WithServerPods("vault-0")
            .SetUnavailable(ObservationKinds.CoreSettings, "pod/vault-0", UnavailableCause.Failed, "exec refused");

        var outcome = await SampleRun.OfAsync(typeof(SampleControls<int>), source, options: Quick);

        var test = XDocument.Parse(outcome.NUnitXml!).Descendants("test-case").Single(element => Property(element, "Control") == "SAM-4");
        Assert.That(Property(test, "Outcome"), Is.EqualTo("Failed"));
        Assert.That(Property(test, "Level"), Is.EqualTo("Must"));
        Assert.That(Property(test, "Finding"), Is.EqualTo("Failed: vault-0: answer: expected 42, was 41"));
        Assert.That(test.Attribute("result")?.Value, Is.EqualTo("Failed"));
    }

    [Test]
    public async Task Unknown_ids_are_refused_all_at_once()
    {
        var options = new SuiteOptions { Only = [ControlId.Parse("NO-1")], Skip = [ControlId.Parse("NO-2")] };

        await Assert.ThatAsync(
            () => SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: options),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                "--only names control NO-1, which the profile does not have. --skip names control NO-2, which the profile does not have. "
                + "See docs/controls/index.md for all controls."));
    }

    [Test]
    public async Task Runs_in_one_process_do_not_mix()
    {
        var one = SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource().WithServerPods(), options: Quick);
        var other = SampleRun.OfAsync(typeof(SampleControls<long>), new FakeSource().WithServerPods("vault-7"), options: Quick);

        Assert.That((await one).Result("SAM-1").Reason, Is.EqualTo("the release has no server pod"));
        Assert.That((await other).Result("SAM-1").Reason, Does.StartWith("vault-7"));
    }

    private static string? Property(XElement element, string name) =>
        element.Descendants("property").FirstOrDefault(property => property.Attribute("name")?.Value == name)?.Attribute("value")?.Value;

    private sealed class Listener : IProgress<ControlResult>
    {
        private readonly ConcurrentQueue<string> _ids = new();

        public Action<ControlResult>? OnReport { get; init; }

        public IReadOnlyCollection<string> Ids => _ids;

        public void Report(ControlResult value)
        {
            _ids.Enqueue(value.Control.Id.ToString());
            OnReport?.Invoke(value);
        }
    }
}
