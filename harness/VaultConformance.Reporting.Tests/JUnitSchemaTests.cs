using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests;

/// <summary>The published schema describes what is written.</summary>
public sealed class JUnitSchemaTests
{
    [Test]
    public void A_report_with_every_outcome_is_valid() => Assert.That(Errors(Document(SampleReports.Mixed())), Is.Empty);

    [Test]
    public void A_report_without_results_is_valid() => Assert.That(Errors(Document(SampleReports.Of() with { Problem = "no cluster" })), Is.Empty);

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public void Hostile_text_keeps_the_file_valid(string name) => Assert.That(Errors(Document(SampleReports.Hostile(HostileTexts.Of(name)))), Is.Empty);

    [TestCase("tests", "many")]
    [TestCase("timestamp", "yesterday")]
    [TestCase("time", "1")]
    [TestCase("surprise", "1")]
    public void The_schema_refuses_what_it_does_not_describe(string attribute, string value)
    {
        var document = Document(SampleReports.Mixed());
        document.Root!.Element("testsuite")!.SetAttributeValue(attribute, value);

        Assert.That(Errors(document), Is.Not.Empty);
    }

    [Test]
    public void The_schema_refuses_a_control_that_is_there_twice()
    {
        var document = Document(SampleReports.Mixed());
        var suite = document.Root!.Element("testsuite")!;
        suite.Add(suite.Elements("testcase").Last());

        Assert.That(Errors(document), Is.Not.Empty);
    }

    private static XDocument Document(ConformanceReport report) =>
        XDocument.Parse(new JUnitReportWriter().RenderAsync(report).GetAwaiter().GetResult(), LoadOptions.PreserveWhitespace);

    private static List<string> Errors(XDocument document)
    {
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "Golden", "junit-1.xsd"));
        schemas.Add(null, reader);
        var errors = new List<string>();
        document.Validate(schemas, (_, error) => errors.Add(error.Message));
        return errors;
    }
}
