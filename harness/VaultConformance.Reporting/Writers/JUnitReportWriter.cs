using System.Globalization;
using System.Text;
using System.Xml;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>Writes <c>junit.xml</c>: one test case per planned control, for build servers.</summary>
/// <remarks>
/// Failed at MUST level is a failure; Inconclusive or not run at MUST level is an error; everything else that did not pass is skipped with
/// its reason, so that a build server's green means the same as the verdict.
/// </remarks>
public sealed class JUnitReportWriter : IReportWriter
{
    private const int MaximumText = 32 * 1024;

    private static readonly XmlWriterSettings Settings =
        new() { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n", CheckCharacters = true };

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
                xml.WriteComment($" {Printable.ToOneLine(notice).Replace("-", "\u2010", StringComparison.Ordinal)} ");
            }

            WriteSuites(xml, report);
        }

        return text.Append('\n').ToString();
    }

    private static void WriteSuites(XmlWriter xml, ConformanceReport report)
    {
        var cases = JUnitCase.ListFrom(report);
        xml.WriteStartElement("testsuites");
        WriteCounts(xml, report, cases);
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, report, cases);
        // Not on the outer element: Jenkins' schema does not know it there.
        WriteAttribute(xml, "skipped", FormatNumber(cases.Count(testCase => testCase.Status == JUnitStatus.Skipped)));
        WriteAttribute(xml, "timestamp", report.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
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
        WriteAttribute(xml, "name", RunTitle.WriteSuite(report));
        WriteAttribute(xml, "tests", FormatNumber(cases.Count));
        WriteAttribute(xml, "failures", FormatNumber(Count(JUnitStatus.Failure)));
        WriteAttribute(xml, "errors", FormatNumber(Count(JUnitStatus.Error)));
        WriteAttribute(xml, "time", FormatSeconds(cases.Aggregate(TimeSpan.Zero, (sum, testCase) => sum + testCase.Duration)));
    }

    private static void WriteProperties(XmlWriter xml, ConformanceReport report)
    {
        xml.WriteStartElement("properties");
        foreach (var notice in report.Notices)
        {
            WriteProperty(xml, "notice", notice);
        }

        WriteProperty(xml, "verdict", report.Verdict.ToString());
        WriteProperty(xml, "profile", report.Profile);
        WriteProperty(xml, "run", report.RunId);
        WriteProperty(xml, "tool", report.Tool);
        foreach (var fact in report.Subject)
        {
            WriteProperty(xml, fact.Name, fact.Value);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, JUnitCase testCase)
    {
        xml.WriteStartElement("testcase");
        WriteAttribute(xml, "classname", testCase.ClassName);
        WriteAttribute(xml, "name", testCase.Name);
        WriteAttribute(xml, "time", FormatSeconds(testCase.Duration));
        if (testCase.Status != JUnitStatus.Passed)
        {
            xml.WriteStartElement(testCase.Status.ToString().ToLowerInvariant());
            WriteAttribute(xml, "message", Printable.ToOneLine(testCase.Message));
            if (testCase.Status != JUnitStatus.Skipped)
            {
                WriteAttribute(xml, "type", testCase.Type);
            }

            xml.WriteString(ToSafe(testCase.Details));
            xml.WriteEndElement();
        }

        xml.WriteElementString("system-out", ToSafe(testCase.Output));
        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        WriteAttribute(xml, "name", name);
        WriteAttribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void WriteAttribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, ToSafe(value));

    private static string ToSafe(string text) => Printable.Cut(Printable.ToLines(text), MaximumText);

    private static string FormatNumber(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string FormatSeconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
