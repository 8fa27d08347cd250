using System.Xml.Linq;

namespace VaultConformance.TestRunner;

/// <summary>The outcome of tests.</summary>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failed">Names of those that failed, or of programs that ended without a result.</param>
/// <param name="Skipped">Those that did not run, each with its reason.</param>
internal sealed record TestOutcomes(int Passed, IReadOnlyList<string> Failed, IReadOnlyList<string> Skipped)
{
    /// <summary>No tests.</summary>
    public static TestOutcomes None { get; } = new(0, [], []);

    /// <summary>One program that ended without a result.</summary>
    /// <param name="what">The program and how it ended.</param>
    public static TestOutcomes Broken(string what) => new(0, [what], []);

    /// <summary>Reads a TRX file.</summary>
    /// <param name="path">The file.</param>
    public static TestOutcomes FromTrx(string path)
    {
        var results = XDocument.Load(path).Descendants().Where(element => element.Name.LocalName == "UnitTestResult").ToList();
        return new TestOutcomes(
            results.Count(result => ReadOutcome(result) == "Passed"),
            [.. results.Where(result => ReadOutcome(result) is not ("Passed" or "NotExecuted")).Select(ReadName)],
            [.. results.Where(result => ReadOutcome(result) == "NotExecuted")
                .Select(result => $"{ReadName(result)}: {ReadReason(result)}")]);
    }

    /// <summary>Adds up.</summary>
    /// <param name="other">Further tests.</param>
    public TestOutcomes Add(TestOutcomes other) => new(Passed + other.Passed, [.. Failed, .. other.Failed], [.. Skipped, .. other.Skipped]);

    /// <summary>The sum in the words that scripts look for.</summary>
    public override string ToString() => $"{Passed} passed, {Failed.Count} failed, {Skipped.Count} skipped";

    private static string ReadOutcome(XElement result) => (string?)result.Attribute("outcome") ?? string.Empty;

    private static string ReadName(XElement result) => (string?)result.Attribute("testName") ?? "a test without a name";

    private static string ReadReason(XElement result) =>
        result.Descendants().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value.Trim() is { Length: > 0 } message
            ? message
            : result.Descendants().FirstOrDefault(element => element.Name.LocalName == "StdOut")?.Value.Trim() is { Length: > 0 } output
                ? output
                : "no reason was given";
}
