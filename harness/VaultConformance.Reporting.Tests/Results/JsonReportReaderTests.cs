using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Results;
using VaultConformance.Reporting.Tests.Comparing;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests.Results;

public sealed class JsonReportReaderTests
{
    [Test]
    public void What_was_written_is_read_again() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100),
        Prop.ForAll(SampleRuns.Any, report =>
        {
            var comparison = RunComparison.Compare(ComparedRun.From(report), JsonReportReader.Read("r", Bytes(report)));
            return comparison.Facts.Count == 0 && comparison.Controls.All(control => !control.Differs) && comparison.Was.Verdict == comparison.Now.Verdict;
        }));

    [Test]
    public void What_a_later_layout_added_is_passed_over() =>
        Assert.That(Read(report => report["schemaVersion"] = "1.7", report => report["surprise"] = 1).RunId, Is.EqualTo("r7f3"));

    [Test]
    public void What_the_first_layout_did_not_have_need_not_be_there() => Assert.That(
        Read(report => report["schemaVersion"] = "1.0", report => report.Remove("standIn"), report => report.Remove("digests"), report => report.Remove("waivers")).StandIn, Is.False);

    [TestCase("schemaVersion", "\"2.0\"", "they have layout 2.0; this program reads layouts 1.x")]
    [TestCase("schemaVersion", "\"1\"", "they have layout 1; this program reads layouts 1.x")]
    [TestCase("schemaVersion", "1.2", "results: 'schemaVersion' must be a text")]
    [TestCase("verdict", "\"Perfect\"", "results: 'verdict' must be one of Conformant, NonConformant, Incomplete")]
    [TestCase("verdict", "0", "results: 'verdict' must be one of Conformant, NonConformant, Incomplete")]
    [TestCase("runId", "null", "results: 'runId' must be a text")]
    [TestCase("results", "{}", "results: 'results' must be a list")]
    [TestCase("results", "[1]", "results[0]: 'id' must be a text")]
    [TestCase("notRun", "[1]", "results: 'notRun' must be a list of texts")]
    [TestCase("notRun", "[\"x\"]", "notRun: 'x' is not a control id")]
    [TestCase("notRun", "[\"CORE-1\"]", "control CORE-1 is there 2 times")]
    [TestCase("standIn", "\"no\"", "results: 'standIn' must be true or false")]
    [TestCase("digests", "[{\"kind\":\"Moon\",\"name\":\"n\",\"sha256\":\"s\"}]", "digests[0]: 'kind' must be one of Chart, Values, Patch, Image")]
    public void What_is_wrong_is_told(string field, string value, string message) => Assert.That(
        () => Read(report => report[field] = JsonNode.Parse(value)),
        Throws.TypeOf<ResultsException>().With.Message.StartsWith("Results 'r.json' are refused:").And.Message.Contains(message).And.Message.EndsWith("Give the results.json of a run as it was written."));

    [TestCase("outcome", "\"failed\"", "results[0]: 'outcome' must be one of Passed, Failed, Waived, NotApplicable, Inconclusive")]
    [TestCase("level", "\"MUST\"", "results[0]: 'level' must be one of May, Should, Must")]
    [TestCase("revision", "0", "results[0]: 'revision' must be a whole number from 1")]
    [TestCase("revision", "99999999999", "results[0]: 'revision' must be a whole number from 1")]
    [TestCase("findings", "[{}]", "findings[0]: 'subject' must be a text")]
    [TestCase("id", "\"none\"", "results[0]: 'none' is not a control id")]
    public void What_is_wrong_with_a_control_is_told(string field, string value, string message) => Assert.That(
        () => Read(report => report["results"]![0]![field] = JsonNode.Parse(value)), Throws.TypeOf<ResultsException>().With.Message.Contains(message));

    [TestCase("", "The input does not contain any JSON tokens")]
    [TestCase("[]", "results: 'schemaVersion' must be a text")]
    [TestCase("{\"a\":1,\"a\":2}", "Duplicate property 'a'")]
    [TestCase("{} {}", "is invalid after a single JSON value")]
    [TestCase("{\"a\":1e999}", "it holds the number 1e999, which is too large")]
    [TestCase("{\"a\":\"\\ud800\"}", "it holds text that is not Unicode")]
    public void A_text_that_is_no_report_is_refused(string text, string message) => Assert.That(
        () => JsonReportReader.Read("r.json", Encoding.UTF8.GetBytes(text)), Throws.TypeOf<ResultsException>().With.Message.Contains(message));

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => JsonReportReader.Open("/nowhere/results.json"), Throws.TypeOf<ResultsException>().With.Message.StartsWith("Results '/nowhere/results.json' are refused: Could not find"));

    private static ComparedRun Read(params Action<JsonObject>[] changes)
    {
        var report = JsonNode.Parse(Bytes(SampleReports.Mixed()))!.AsObject();
        Array.ForEach(changes, change => change(report));
        return JsonReportReader.Read("r.json", Encoding.UTF8.GetBytes(report.ToJsonString()));
    }

    private static byte[] Bytes(ConformanceReport report) => Encoding.UTF8.GetBytes(new JsonReportWriter().RenderAsync(report).GetAwaiter().GetResult());
}
