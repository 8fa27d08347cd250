using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Tests;

/// <summary>Reports of runs with values files.</summary>
internal static class DeclaredReports
{
    public static readonly Waiver Waiver = new(
        "legacy-clients", ControlId.Parse("TLS-1"), new WaiverScope(null, null, null), "Old clients until the move.", "Ops", "CISO", new DateOnly(2026, 6, 30), null);

    /// <summary>As <see cref="SampleReports.Mixed"/>, with what the values declare, a waiver and a guide.</summary>
    public static ConformanceReport Mixed()
    {
        var report = SampleReports.Mixed();
        return report with
        {
            ValuesFiles = ["deploy/base.yaml", "deploy/my site.yaml"],
            Results = [.. report.Results.Select(WithMore)],
        };
    }

    private static ControlResult WithMore(ControlResult result) => result.Control.Id.ToString() switch
    {
        "CORE-1" => result with
        {
            Control = result.Control with
            {
                ValueKeys = ["server.extraArgs"],
                Guide = new ControlGuide("Dumps hold keys.", [new GuideSnippet("yaml", "server:\n  extraArgs: \"\"\n")]),
            },
            Declared =
            [
                new DeclaredValue("server.extraArgs", "my site.yaml", 12, "-x") { Path = "deploy/my site.yaml" },
                new DeclaredValue("server.logLevel", "base.yaml", 3, "debug") { Path = "deploy/base.yaml" },
            ],
        },
        "PROC-1" => result with { Control = result.Control with { ValueKeys = ["server.preStop", "server.standalone.config#x"] } },
        "TLS-1" => result with { Waiver = Waiver },
        _ => result,
    };
}
