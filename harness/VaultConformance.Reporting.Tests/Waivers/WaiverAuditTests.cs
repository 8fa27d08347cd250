using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Results;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests.Waivers;

public sealed class WaiverAuditTests
{
    private string _file = string.Empty;

    [SetUp]
    public void NameFile() => _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [TestCase(31, AuditMark.Active, "its last day is 2026-04-01", false)]
    [TestCase(30, AuditMark.ExpiresSoon, "its last day is 2026-03-31, in 30 days", false)]
    [TestCase(1, AuditMark.ExpiresSoon, "its last day is 2026-03-02, in 1 day", false)]
    [TestCase(0, AuditMark.ExpiresSoon, "today is its last day", false)]
    [TestCase(-1, AuditMark.Expired, "its last day was 2026-02-28; its control counts as it is", true)]
    public void The_term_comes_first(int days, object mark, string text, bool needsAttention)
    {
        var audited = Audit(WaiverTexts.Waiver() with { Expires = new DateOnly(2026, 3, 1).AddDays(days) });

        Assert.That(audited.Remarks, Is.EqualTo(new[] { new AuditRemark((AuditMark)mark, text) }));
        Assert.That(audited.NeedsAttention, Is.EqualTo(needsAttention));
    }

    [Test]
    public void A_waiver_that_accepts_too_much_needs_attention()
    {
        var audited = Audit(WaiverTexts.Waiver(chart: null));

        Assert.That(audited.Remarks[^1], Is.EqualTo(new AuditRemark(AuditMark.TooBroad, "it names no range of chart versions")));
        Assert.That(audited.NeedsAttention, Is.True);
    }

    [Test]
    public void A_waiver_for_a_control_that_is_gone_needs_attention()
    {
        var audited = Audit(WaiverTexts.Waiver("OLD-7"));

        Assert.That(audited.Remarks[^1], Is.EqualTo(new AuditRemark(AuditMark.UnknownControl, "there is no control OLD-7; a run refuses the file")));
        Assert.That(audited.NeedsAttention, Is.True);
    }

    [TestCase(Outcome.Failed, AuditMark.Used, "run r7f3: PROC-1 failed and is waived until 2026-06-30.", false)]
    [TestCase(Outcome.Passed, AuditMark.Unused, "run r7f3: PROC-1 passed.", true)]
    public async Task A_run_says_whether_a_waiver_was_needed(Outcome outcome, object mark, string text, bool needsAttention)
    {
        var audited = Audit(WaiverTexts.Waiver(), await RunAsync(outcome, WaiverTexts.Waiver()));

        Assert.That(audited.Remarks[^1], Is.EqualTo(new AuditRemark((AuditMark)mark, text)));
        Assert.That(audited.NeedsAttention, Is.EqualTo(needsAttention));
    }

    [Test]
    public async Task A_waiver_that_the_run_was_not_given_was_not_needed()
    {
        var run = await RunAsync(Outcome.Failed, WaiverTexts.Waiver());

        Assert.That(Audit(WaiverTexts.Waiver(id: "new"), run).Remarks[^1], Is.EqualTo(new AuditRemark(AuditMark.Unused, "run r7f3 was not given it")));
        Assert.That(
            Audit(WaiverTexts.Waiver(chart: "=0.34.1"), run).Remarks[^1], Is.EqualTo(new AuditRemark(AuditMark.Unused, "run r7f3 was given another waiver of this id")));
    }

    [TestCase("{\"state\": 0}", "line 1: '[0].state' has a value of the wrong kind")]
    [TestCase("{\"state\": \"Used\"}", "line 1: it lacks 'waiver'")]
    [TestCase("{\"waiver\": null, \"state\": \"Used\", \"message\": \"\", \"tooBroad\": []}", "'[0].waiver' must not be null")]
    public async Task A_waiver_that_cannot_be_read_is_refused(string status, string message)
    {
        var report = await new JsonReportWriter().RenderAsync(SampleReports.Mixed());
        var start = report.IndexOf("\"waivers\": [", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_file, $"{report[..start]}\"waivers\": [{status}]}}");

        Assert.That(() => JsonReportReader.Open(_file), Throws.TypeOf<ResultsException>().With.Message.Contains($"Results '{_file}' are refused").And.Message.Contains(message));
    }

    private async Task<AuditedRun> RunAsync(Outcome outcome, Waiver waiver)
    {
        var results = WaiverPolicy.Apply(
            [waiver], [SampleReports.Result("PROC-1", outcome)], new WaiverContext(SampleReports.Start, "baseline@1.0", "0.34.1", null, []));
        var report = SampleReports.Of([.. results.Results]) with { Waivers = results.Statuses };
        await File.WriteAllTextAsync(_file, await new JsonReportWriter().RenderAsync(report));
        return new AuditedRun("r7f3", JsonReportReader.Open(_file).Waivers);
    }

    private static AuditedWaiver Audit(Waiver waiver, AuditedRun? run = null) =>
        WaiverAudit.Audit([new WaiverFile("w.yaml", string.Empty, [waiver])], WaiverTexts.Catalogue, SampleReports.Start, run).Single();
}
