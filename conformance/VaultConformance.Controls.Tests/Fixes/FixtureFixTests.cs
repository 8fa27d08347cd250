using VaultConformance.Controls.Tests.Matrix;
using VaultConformance.Reporting.Fixes;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>For every values file there is a change that can be written, and it says what it should.</summary>
public sealed class FixtureFixTests
{
    [TestCaseSource(nameof(Files))]
    public void A_change_can_be_written_for_every_failure_at_once(string file)
    {
        var text = File.ReadAllText(file);

        var fix = FixSamples.Plan(text, FixSamples.All);

        TestContext.Out.WriteLine(fix.Diff);
        TestContext.Out.WriteLine(string.Join('\n', RunFixText.ListLines(fix)));
        Assert.That(fix.Rest.Where(rest => rest.Reason.Contains("safely", StringComparison.Ordinal)).Select(rest => $"{rest.Id}: {rest.Reason}"), Is.Empty);
        Assert.That(FixSamples.Plan(fix.Text ?? text, FixSamples.All).Text, Is.Null, "the same change again changes nothing");
    }

    [TestCaseSource(nameof(Files))]
    public void What_fails_in_a_known_case_is_mended_or_listed(string file)
    {
        var text = File.ReadAllText(file);
        var failed = LiveCase.HeaderOf(file).Expectations.Where(expectation => expectation.Outcome == "Failed").Select(expectation => expectation.Control).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        var fix = FixSamples.Plan(text, failed);

        TestContext.Out.WriteLine(fix.Diff);
        TestContext.Out.WriteLine(string.Join('\n', RunFixText.ListLines(fix)));
        Assert.That(fix.Mended.Select(mended => mended.Id).Concat(fix.Rest.Select(rest => rest.Id)).Select(id => id.ToString()), Is.EquivalentTo(failed));
    }

    private static IEnumerable<TestCaseData> Files() => List(Repository.File("fixtures", "values"));

    private static IEnumerable<TestCaseData> List(string folder) => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "vendor")
        .Where(file => !file.Contains("patches", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));
}
