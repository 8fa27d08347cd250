using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests.Values;

public sealed class DeclaredValuesTests
{
    private static readonly ControlDescriptor Mode = SampleReports.Control("CORE-1") with { ValueKeys = ["server.logLevel"] };

    [Test]
    public void What_is_declared_is_filled_into_the_results_of_its_control_and_can_be_taken_out_again()
    {
        var declared = DeclaredValues.From([ValuesFile.Parse("deploy/v.yaml", "server:\n  logLevel: debug\n")], [Mode, SampleReports.Control("ID-1")]);

        var report = declared.FillIn(SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Failed), SampleReports.Result("ID-1", Outcome.Passed)));
        var again = DeclaredValues.From(report);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.ValuesFiles, Is.EqualTo(new[] { "deploy/v.yaml" }));
            Assert.That(report.Results[0].Declared, Is.EqualTo([new DeclaredValue("server.logLevel", "v.yaml", 2, "debug") { Path = "deploy/v.yaml" }]));
            Assert.That(report.Results[1].Declared, Is.Empty);
            Assert.That(again.Files, Is.EqualTo(declared.Files));
            Assert.That(again.Controls, Is.EquivalentTo(declared.Controls));
        }
    }
}
