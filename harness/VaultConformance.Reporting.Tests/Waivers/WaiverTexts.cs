using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Tests.Waivers;

/// <summary>Waivers and files of them that tests change.</summary>
internal static class WaiverTexts
{
    public const string Valid = """
        # accepted until the chart is fixed
        waivers:
        - id: proc-1-shell
          control: PROC-1
          scope: {chart: ">=0.30.0 <0.36.0", platform: eks, pod: vault-*}
          reason: the chart does not exec
          owner: ops
          approvedBy: security
          expires: 2026-06-30
          link: https://example.org/1
        - id: core-1
          control: CORE-1
          reason: r
          owner: o
          approvedBy: a
          expires: "2026-03-31"
        """;

    public static readonly ControlDescriptor[] Catalogue = [SampleReports.Control("CORE-1"), SampleReports.Control("PROC-1"), SampleReports.Control("TLS-1")];

    public static Waiver Waiver(string control = "PROC-1", string id = "w-1", string? chart = ">=0.30.0 <0.36.0", string? platform = null, string? pod = null) => new(
        id, ControlId.Parse(control), new WaiverScope(chart, platform, pod), "the chart does not exec", "ops", "security", new DateOnly(2026, 6, 30), null);

    public static WaiverFile Parse(string text) => new WaiverLoader(Catalogue).Parse("w.yaml", text);
}
