using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests;

/// <summary>What the formats look like, byte by byte. After a wanted change copy the file named in the failure over the golden one.</summary>
public sealed class GoldenFileTests
{
    [Test]
    public void Results_json_looks_as_agreed() => Check(new JsonReportWriter());

    [Test]
    public void Junit_xml_looks_as_agreed() => Check(new JUnitReportWriter());

    [Test]
    public void Summary_md_looks_as_agreed() => Check(new MarkdownReportWriter(), DeclaredReports.Mixed() with { StandIn = true });

    [Test]
    public void Results_sarif_looks_as_agreed() => Check(new SarifReportWriter(), DeclaredReports.Mixed());

    [Test]
    public void Annotations_txt_looks_as_agreed() => Check(new AnnotationsWriter(), DeclaredReports.Mixed());

    [Test]
    public void Gl_code_quality_json_looks_as_agreed() => Check(new CodeQualityWriter(), DeclaredReports.Mixed());

    private static void Check(IReportWriter writer) => Check(writer, SampleReports.Mixed());

    private static void Check(IReportWriter writer, ConformanceReport report)
    {
        var golden = Path.Combine(AppContext.BaseDirectory, "Golden", writer.FileName);
        var received = Path.Combine(AppContext.BaseDirectory, "Golden", "received-" + writer.FileName);
        var text = writer.RenderAsync(report).GetAwaiter().GetResult();
        File.WriteAllText(received, text);

        Assert.That(text, Is.EqualTo(File.Exists(golden) ? File.ReadAllText(golden) : string.Empty), $"received text: {received}");
    }
}
