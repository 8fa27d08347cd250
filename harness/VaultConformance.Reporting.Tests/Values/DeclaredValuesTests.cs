using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Values;
using VaultConformance.Reporting.Writers;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests.Values;

public sealed class DeclaredValuesTests
{
    private static readonly ControlDescriptor Mode = SampleReports.Control("CORE-1") with { ValueKeys = ["server.logLevel"] };

    [Test]
    public void What_is_declared_is_filled_into_the_results_of_its_control()
    {
        var declared = DeclaredValues.From([ValuesFile.Parse("deploy/v.yaml", "server:\n  logLevel: debug\n")], [Mode, SampleReports.Control("ID-1")]);

        var report = declared.FillIn(SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Failed), SampleReports.Result("ID-1", Outcome.Passed)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.ValuesFiles, Is.EqualTo(new[] { "deploy/v.yaml" }));
            Assert.That(report.Results[0].Declared, Is.EqualTo([new DeclaredValue("server.logLevel", "v.yaml", 2, "debug") { Path = "deploy/v.yaml" }]));
            Assert.That(report.Results[1].Declared, Is.Empty);
        }
    }

    [Test]
    public void A_place_that_a_finding_names_itself_comes_before_what_the_keys_find()
    {
        var declared = DeclaredValues.From([ValuesFile.Parse("deploy/v.yaml", "server:\n  logLevel: debug\n")], [Mode]);

        var report = declared.FillIn(SampleReports.Of(Placed(new ValuePlace("server.x", "v.yaml", 7, "not a key"))));

        Assert.That(report.Results[0].Declared.Select(value => (value.Key, value.Path, value.Line, value.Text)), Is.EqualTo(
            new[] { ("server.x", "deploy/v.yaml", 7, "not a key"), ("server.logLevel", "deploy/v.yaml", 2, "debug") }));
    }

    [Test]
    public void Files_of_the_same_name_are_told_apart_by_their_number()
    {
        var declared = new DeclaredValues(["a/v.yaml", "b/v.yaml"], new Dictionary<string, IReadOnlyList<DeclaredValue>>());

        string Find(int? number) => declared.FillIn(SampleReports.Of(Placed(new ValuePlace("k", "v.yaml", 1, "") { FileNumber = number })))
            .Results[0].Declared.Single().Path;

        Assert.That(new[] { Find(1), Find(2), Find(null), Find(9) }, Is.EqualTo(new[] { "a/v.yaml", "b/v.yaml", "a/v.yaml", "a/v.yaml" }));
    }

    [Test]
    public async Task Every_report_names_the_place_that_a_finding_names_itself()
    {
        var declared = new DeclaredValues(["deploy/v.yaml"], new Dictionary<string, IReadOnlyList<DeclaredValue>>());
        var report = declared.FillIn(SampleReports.Of(Placed(new ValuePlace("server.x", "v.yaml", 7, "not a key; the nearest key is server.y"))));

        async Task<string> Render(IReportWriter writer) => await writer.RenderAsync(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Render(new AnnotationsWriter()), Does.Contain("file=deploy/v.yaml,line=7,").And.Contain("Fix: v.yaml:7 server.x: not a key; the nearest key is server.y."));
            Assert.That(await Render(new CodeQualityWriter()), Does.Contain("\"deploy/v.yaml\"").And.Contain("\"begin\": 7"));
            Assert.That(await Render(new SarifReportWriter()), Does.Contain("\"startLine\": 7").And.Contain("Declared in deploy/v.yaml, line 7: server.x").And.Not.Contain("No values of the chart"));
            Assert.That(await Render(new MarkdownReportWriter()), Does.Contain("| `server.x` | deploy/v.yaml:7 | v.yaml:7 server.x: not a key").And.Not.Contain("no value decides it"));
            Assert.That(await Render(new JsonReportWriter()), Does.Contain("\"line\": 7"));
            Assert.That(await Render(new JUnitReportWriter()), Does.Contain("Remediation: v.yaml:7 server.x"));
            Assert.That(await Render(new HtmlReportWriter()), Does.Contain("v.yaml:7").And.Contain("the nearest key is server.y"));
        }
    }

    private static ControlResult Placed(ValuePlace place) => SampleReports.Result("CORE-1", Outcome.Failed) with { Places = [place] };
}
