using System.Globalization;
using System.Text;
using System.Xml;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes <c>junit.xml</c>: one test case per planned control, for build servers.</summary>
/// <remarks>
/// Failed at MUST level is a failure; Inconclusive or not run at MUST level is an error; everything else that did not pass is skipped with its
/// reason, so that a build server's green means the same as the verdict.
/// </remarks>
public sealed class JUnitReportWriter : IReportWriter
{
    private const int MaximumText = 32 * 1024;

    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n", CheckCharacters = true };

    /// <inheritdoc />
    public string FileName => "junit.xml";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) => Task.FromResult(Render(report));

    private static string Render(ConformanceReport report)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            foreach (var notice in report.Notices)
            {
                xml.WriteComment($" {Printable.OneLine(notice).Replace("-", "\u2010", StringComparison.Ordinal)} ");
            }

            WriteSuites(xml, report);
        }

        return text.Append('\n').ToString();
    }

    private static void WriteSuites(XmlWriter xml, ConformanceReport report)
    {
        var cases = JUnitCase.Of(report);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, report, cases);
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, report, cases);
        // Not on the outer element: Jenkins' schema does not know it there.
        Attribute(xml, "skipped", Number(cases.Count(testCase => testCase.Status == JUnitStatus.Skipped)));
        Attribute(xml, "timestamp", report.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        WriteProperties(xml, report);
        foreach (var testCase in cases)
        {
            WriteCase(xml, testCase);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, ConformanceReport report, IReadOnlyList<JUnitCase> cases)
    {
        int Count(JUnitStatus status) => cases.Count(testCase => testCase.Status == status);
        Attribute(xml, "name", "VaultConformance");
        Attribute(xml, "tests", Number(cases.Count));
        Attribute(xml, "failures", Number(Count(JUnitStatus.Failure)));
        Attribute(xml, "errors", Number(Count(JUnitStatus.Error)));
        Attribute(xml, "time", Seconds(report.FinishedAt - report.StartedAt));
    }

    private static void WriteProperties(XmlWriter xml, ConformanceReport report)
    {
        xml.WriteStartElement("properties");
        foreach (var notice in report.Notices)
        {
            Property(xml, "notice", notice);
        }

        Property(xml, "verdict", report.Verdict.ToString());
        Property(xml, "profile", report.Profile);
        Property(xml, "run", report.RunId);
        Property(xml, "tool", report.Tool);
        foreach (var fact in report.Subject)
        {
            Property(xml, fact.Name, fact.Value);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, JUnitCase testCase)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", testCase.ClassName);
        Attribute(xml, "name", testCase.Name);
        Attribute(xml, "time", Seconds(testCase.Duration));
        if (testCase.Status != JUnitStatus.Passed)
        {
            xml.WriteStartElement(testCase.Status.ToString().ToLowerInvariant());
            Attribute(xml, "message", Printable.OneLine(testCase.Message));
            if (testCase.Status != JUnitStatus.Skipped)
            {
                Attribute(xml, "type", testCase.Type);
            }

            xml.WriteString(Safe(testCase.Details));
            xml.WriteEndElement();
        }

        xml.WriteElementString("system-out", Safe(testCase.Output));
        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Safe(value));

    private static string Safe(string text) => Printable.Cut(Printable.Lines(text), MaximumText);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
