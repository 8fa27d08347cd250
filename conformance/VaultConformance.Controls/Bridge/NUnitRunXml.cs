#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using NUnit.Framework.Interfaces;

namespace VaultConformance.Controls.Bridge;

/// <summary>Results of NUnit runs as one document in NUnit 3's format, with everything that its readers ask for.</summary>
/// <remarks>The environment names framework, runtime and system only: folders, users and machines are nobody's business.</remarks>
internal static class NUnitRunXml
{
    private static readonly string Framework = typeof(ITestResult).Assembly.GetName().Version?.ToString() ?? "0";

    /// <summary>The document.</summary>
    /// <param name="runs">The outcome of the runs, in their order.</param>
    /// <param name="now">The time when there are no results.</param>
    public static string Write(IReadOnlyList<TestPass> runs, DateTimeOffset now)
    {
        IReadOnlyList<ITestResult> passes = [.. runs.Select(run => run.Result)];
        var start = passes.Select(pass => pass.StartTime).DefaultIfEmpty(now.UtcDateTime).Min();
        var end = passes.Select(pass => pass.EndTime).DefaultIfEmpty(now.UtcDateTime).Max();
        var run = new XElement(
            "test-run",
            new XAttribute("id", "2"),
            new XAttribute("name", "VaultConformance"),
            new XAttribute("fullname", "VaultConformance"),
            Count("testcasecount", passes, pass => pass.TotalCount),
            new XAttribute("result", DescribeResult(passes)),
            Count("total", passes, pass => pass.TotalCount),
            Count("passed", passes, pass => pass.PassCount),
            Count("failed", passes, pass => pass.FailCount),
            Count("warnings", passes, pass => pass.WarningCount),
            Count("inconclusive", passes, pass => pass.InconclusiveCount),
            Count("skipped", passes, pass => pass.SkipCount),
            Count("asserts", passes, pass => pass.AssertCount),
            new XAttribute("engine-version", Framework),
            new XAttribute("clr-version", Environment.Version.ToString()),
            new XAttribute("start-time", FormatTime(start)),
            new XAttribute("end-time", FormatTime(end)),
            new XAttribute("duration", (end - start).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture)),
            passes.Select((pass, index) => CreateSuite(pass, index)));
        return new XDocument(run).ToString();
    }

    private static XElement CreateSuite(ITestResult pass, int index)
    {
        var suite = XElement.Parse(pass.ToXml(true).OuterXml);
        suite.AddFirst(CreateEnvironment());
        suite.SetAttributeValue("fullname", suite.Attribute("name")?.Value);
        // All passes run the same tree of tests, and a reader tells them apart by their ids.
        foreach (var id in suite.DescendantsAndSelf().Select(element => element.Attribute("id")).OfType<XAttribute>())
        {
            id.Value = string.Create(CultureInfo.InvariantCulture, $"{index}-{id.Value}");
        }

        return suite;
    }

    private static XElement CreateEnvironment() => new(
        "environment",
        new XAttribute("framework-version", Framework),
        new XAttribute("clr-version", Environment.Version.ToString()),
        new XAttribute("os-version", RuntimeInformation.OSDescription),
        new XAttribute("platform", Environment.OSVersion.Platform.ToString()),
        new XAttribute("culture", CultureInfo.CurrentCulture.Name),
        new XAttribute("uiculture", CultureInfo.CurrentUICulture.Name),
        new XAttribute("os-architecture", RuntimeInformation.OSArchitecture.ToString()));

    private static string DescribeResult(IReadOnlyList<ITestResult> passes) => passes switch
    {
        _ when passes.Any(pass => pass.FailCount > 0) => "Failed",
        _ when passes.Any(pass => pass.InconclusiveCount > 0) => "Inconclusive",
        _ when passes.Any(pass => pass.PassCount > 0) => "Passed",
        _ => "Skipped",
    };

    private static XAttribute Count(string name, IReadOnlyList<ITestResult> passes, Func<ITestResult, int> count) =>
        new(name, passes.Sum(count).ToString(CultureInfo.InvariantCulture));

    private static string FormatTime(DateTime time) => time.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
}
