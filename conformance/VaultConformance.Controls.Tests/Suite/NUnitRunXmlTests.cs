using System.Globalization;
using System.Xml.Linq;
using VaultConformance.Controls.Tests.Framework;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Suite;

/// <summary>What readers of NUnit 3's format ask of every element.</summary>
public sealed class NUnitRunXmlTests
{
    private static readonly SuiteOptions Quick = new() { ControlTimeLimit = TimeSpan.FromMilliseconds(200) };
    private static readonly Lazy<Task<XElement>> OneRun = new(() => RunAsync(new FakeSource().WithServerPods("vault-0")));
    private static readonly string[] Counts = ["total", "passed", "failed", "inconclusive", "skipped", "asserts"];
    private static readonly string[] Results = ["Passed", "Failed", "Inconclusive", "Skipped", "Warning"];

    [Test]
    public async Task The_run_has_what_the_format_demands()
    {
        var run = await RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Name.LocalName, Is.EqualTo("test-run"));
            AssertAttributes(run, ["id", "testcasecount", "result", "engine-version", "clr-version", "start-time", "end-time", "duration", .. Counts]);
            Assert.That(Results, Does.Contain(run.Attribute("result")!.Value));
            Assert.That((int)run.Attribute("total")!, Is.EqualTo(run.Descendants("test-case").Count()));
        }
    }

    [Test]
    public async Task Every_suite_has_what_the_format_demands_and_counts_what_is_in_it()
    {
        var suites = (await RunAsync()).Descendants("test-suite").ToList();

        Assert.That(suites, Is.Not.Empty);
        foreach (var suite in suites)
        {
            AssertAttributes(
                suite, ["type", "id", "name", "fullname", "runstate", "testcasecount", "result", "start-time", "end-time", "duration", .. Counts]);
            var cases = suite.Descendants("test-case").ToList();
            Assert.That((int)suite.Attribute("total")!, Is.EqualTo(cases.Count));
            Assert.That((int)suite.Attribute("failed")!, Is.EqualTo(cases.Count(test => test.Attribute("result")!.Value == "Failed")));
            Assert.That(Results, Does.Contain(suite.Attribute("result")!.Value));
        }
    }

    [Test]
    public async Task Every_case_has_what_the_format_demands_and_says_why_it_did_not_pass()
    {
        foreach (var test in (await RunAsync()).Descendants("test-case"))
        {
            AssertAttributes(test, ["id", "name", "fullname", "methodname", "classname", "runstate", "seed", "result", "start-time", "end-time", "duration", "asserts"]);
            var result = test.Attribute("result")!.Value;
            Assert.That(Results, Does.Contain(result));
            Assert.That(
                result == "Passed" || !string.IsNullOrWhiteSpace((result == "Failed" ? test.Element("failure") : test.Element("reason"))?.Element("message")?.Value),
                $"{test.Attribute("name")!.Value} {result}");
        }
    }

    [Test]
    public async Task Ids_are_unique_although_two_passes_run_one_tree()
    {
        var run = await RunAsync();

        Assert.That(run.Elements("test-suite").Count(), Is.EqualTo(2));
        Assert.That(run.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>(), Is.Unique);
    }

    [Test]
    public async Task Times_and_durations_can_be_read()
    {
        foreach (var element in (await RunAsync()).DescendantsAndSelf().Where(element => element.Attribute("start-time") is not null))
        {
            var start = DateTimeOffset.Parse(element.Attribute("start-time")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var end = DateTimeOffset.Parse(element.Attribute("end-time")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.That(start.Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(end, Is.GreaterThanOrEqualTo(start));
            Assert.That(double.Parse(element.Attribute("duration")!.Value, CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(0));
        }
    }

    [Test]
    public async Task The_document_names_no_folder_no_user_and_no_machine()
    {
        Assert.That((await RunAsync()).ToString(), Does.Not.Contain(AppContext.BaseDirectory).And.Not.Contain(Environment.MachineName + "\""));
        foreach (var environment in (await RunAsync()).Descendants("environment"))
        {
            AssertAttributes(environment, ["framework-version", "clr-version", "os-version", "platform", "culture", "uiculture", "os-architecture"], mayBeEmpty: true);
            Assert.That(environment.Attributes().Select(attribute => attribute.Name.LocalName), Has.No.Member("cwd").And.No.Member("user").And.No.Member("machine-name"));
        }
    }

    [TestCase("-->]]></failure><evil/>")]
    [TestCase("\0\u0001\u001b[31m\u0085")]
    [TestCase("\ud800 lone \udc00\ufffe\uffff")]
    public async Task Hostile_text_keeps_the_document_well_formed(string text)
    {
        var source = new FakeSource().WithServerPods("vault-0").SetUnavailable(ObservationKinds.CoreSettings, "pod/vault-0", UnavailableCause.Failed, text);

        var run = await RunAsync(source);

        Assert.That(run.Descendants("evil"), Is.Empty);
        Assert.That(run.ToString(), Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task A_run_without_any_control_is_a_document_too()
    {
        var options = Quick with { Skip = [.. Enumerable.Range(1, 13).Select(number => ControlId.Parse($"SAM-{number}"))] };

        var run = XElement.Parse((await SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: options)).NUnitXml!);

        AssertAttributes(run, ["id", "testcasecount", "result", "engine-version", "clr-version", "start-time", "end-time", "duration", .. Counts]);
        Assert.That(run.Attribute("result")!.Value, Is.EqualTo("Skipped"));
    }

    // Looked at from many sides, and changed by none.
    private static async Task<XElement> RunAsync() => await OneRun.Value;

    private static async Task<XElement> RunAsync(FakeSource source) =>
        XElement.Parse((await SampleRun.OfAsync(typeof(SampleControls<int>), source, options: Quick)).NUnitXml!);

    private static void AssertAttributes(XElement element, string[] names, bool mayBeEmpty = false)
    {
        foreach (var name in names)
        {
            Assert.That(mayBeEmpty ? element.Attribute(name)?.Name.LocalName : element.Attribute(name)?.Value, Is.Not.Null.And.Not.Empty, $"{name} of {element.Name} {element.Attribute("name")?.Value}");
        }
    }
}
