using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>
/// The verdict of a run that a test runner started: red unless the release is conformant, whatever the single controls look like.
/// </summary>
[TestFixture]
public sealed class VerdictTests
{
    /// <summary>
    /// NUnit runs fixtures by name, so that every control has its result by now. Were one to come later, it would count as not run.
    /// </summary>
    [Test]
    public void Verdict()
    {
        var session = Attachment<SuiteSession>.OfCurrentTest;
        if (session is null)
        {
            Assert.Ignore(SuiteConfiguration.Unconfigured);
            return;
        }

        var now = session.TimeProvider.GetUtcNow();
        IReadOnlyList<ControlId> planned = [.. session.Profile.Controls.Keys.Order()];
        var report = new ConformanceReport(
            string.Empty, string.Empty, now, now, session.Profile.Reference, [], [], [], planned,
            [.. planned.Where(session.Results.ContainsKey).Select(id => session.Results[id])], Problem: null);

        if (session.OutputFolder is { } folder)
        {
            TestContext.Out.WriteLine($"Report and evidence: {folder}");
        }

        Assert.That(report.Verdict, Is.EqualTo(Reporting.Model.Verdict.Conformant), VerdictText.Write(report));
    }
}
