using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Output;

/// <summary>Says, as the last lines, where the report is and what to do next.</summary>
/// <param name="console">The console.</param>
internal sealed class NextStep(CliConsole console)
{
    private const string PageName = "report.html";

    /// <summary>Says it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Where it was written.</param>
    public void Write(ConformanceReport report, string folder)
    {
        console.WriteLine($"Report: {Path.Combine(folder, PageName)}", indent: 8);
        console.WriteLine($"Next:   {Describe(report)}", indent: 8);
    }

    private static string Describe(ConformanceReport report) => report.Verdict switch
    {
        Verdict.NonConformant when report.Fix is { Text: not null } fix =>
            $"read {RunFix.FileName} beside the report, {DescribeUse(fix)}, and do by hand what values cannot mend.{AskForSetup(report)}",
        Verdict.NonConformant =>
            "make the changes under 'Fix' above, then run again; failures that you accept go into a waiver file (--waivers)."
                + AskForSetup(report),
        Verdict.Declared =>
            "prove it: 'run' with the same values installs them on a cluster of its own and looks into the running pods.",
        Verdict.Incomplete when report.Problem is not null =>
            "mend what kept the run from finishing, named above, then run again. Until then nothing is proved.",
        Verdict.Incomplete => $"see '{FindOutText.Heading}' above, then run again. Until then nothing is proved.",
        _ when report.StandIn =>
            "test Vault itself: on a machine that reaches a registry, or with --k3s-image, --chart, --vault-image and --image-archive.",
        _ => "keep evidence.vcb: 'compare' shows what changes after it, 'attest' signs it.",
    };

    // A server that was only just initialised holds nothing of what people write into it afterwards.
    private static string AskForSetup(ConformanceReport report) =>
        !report.OnlyDeclared && report.Digests.All(digest => digest.Kind != SubjectKind.Setup)
            && report.Results.Any(result => result is { Outcome: Outcome.Failed, Control.Guide.Mending.Kind: MendedBy.Setup })
            ? " What you write into Vault after the installation (audit devices, auth methods, policies) goes into --setup; see "
                + "docs/setup.md."
            : string.Empty;

    private static string DescribeUse(RunFix fix)
    {
        var secrets = fix.MaskedLines.Count > 0
            ? $"put your own values back for *** in {MaskedLines.Describe(fix.MaskedLines)}, "
            : string.Empty;
        return fix.Before.Count > 0
            ? $"{secrets}run with it instead of {fix.File} (the other values files stay)"
            : $"{secrets}run with it instead of your values";
    }
}
