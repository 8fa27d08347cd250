using System.Globalization;
using System.Xml.Linq;
using NUnit.Framework.Interfaces;

namespace VaultConformance.Controls.Suite;

/// <summary>Results of NUnit runs as one document in NUnit 3's format.</summary>
internal static class NUnitRunXml
{
    /// <summary>The document.</summary>
    /// <param name="passes">Top-level results, in the order of the runs.</param>
    public static string Of(IReadOnlyList<ITestResult> passes)
    {
        var run = new XElement(
            "test-run",
            new XAttribute("id", "2"),
            Count("testcasecount", passes, pass => pass.TotalCount),
            Count("total", passes, pass => pass.TotalCount),
            Count("passed", passes, pass => pass.PassCount),
            Count("failed", passes, pass => pass.FailCount),
            Count("warnings", passes, pass => pass.WarningCount),
            Count("inconclusive", passes, pass => pass.InconclusiveCount),
            Count("skipped", passes, pass => pass.SkipCount),
            Count("asserts", passes, pass => pass.AssertCount),
            new XAttribute("result", passes.Any(pass => pass.FailCount > 0) ? "Failed" : "Passed"),
            passes.Select(pass => XElement.Parse(pass.ToXml(true).OuterXml)));
        return new XDocument(run).ToString();
    }

    private static XAttribute Count(string name, IReadOnlyList<ITestResult> passes, Func<ITestResult, int> count) =>
        new(name, passes.Sum(count).ToString(CultureInfo.InvariantCulture));
}
