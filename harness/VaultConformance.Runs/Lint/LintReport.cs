using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Fixes;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Lint;

/// <summary>Makes the report of what is declared.</summary>
/// <param name="plan">The plan.</param>
/// <param name="chart">The chart that was rendered.</param>
/// <param name="log">Phases.</param>
/// <param name="time">Clock.</param>
/// <param name="values">The values files.</param>
internal sealed class LintReport(RunPlan plan, LintChart chart, PhaseLog log, TimeProvider time, RecordedValues values)
{
    /// <summary>Makes it.</summary>
    /// <param name="suite">The results.</param>
    /// <param name="target">What was judged.</param>
    /// <param name="cancellationToken">Cancels reading files.</param>
    public async Task<ConformanceReport> BuildAsync(SuiteOutcome suite, Target target, CancellationToken cancellationToken)
    {
        var release = await target.ObserveAsync(ObservationKinds.Release, cancellationToken);
        var waived = await WaiverJudge.ApplyAsync(
            WaiverFile.Join(plan.Controls.Waivers), suite.Results, plan.Controls.Profile, target, log.StartedAt, cancellationToken);
        var declared = await ValuesDeclarations.ReadAsync(plan, cancellationToken);
        var judged = WithoutLeftOut(waived.Results);
        return MaskedTexts.Mask(declared.FillIn(new ConformanceReport(
            plan.RunId,
            ToolName.OfThisProgram,
            log.StartedAt,
            time.GetUtcNow(),
            plan.Controls.Profile.Reference,
            ListNotices(),
            [.. Describe(release)],
            log.Phases,
            suite.Planned,
            judged,
            null)
        {
            OnlyDeclared = true,
            StandIn = release.StandIn,
            Digests = await SubjectDigests.ListAsync(target, cancellationToken),
            Waivers = waived.Statuses,
            Fix = new FixPlanner(values, plan.Controls.Profile.Parameters).Plan(judged),
        }));
    }

    // What --only and --skip leave out was not judged at all.
    private IReadOnlyList<ControlResult> WithoutLeftOut(IReadOnlyList<ControlResult> results) =>
        [.. results.Select(result => IsLeftOut(result.Control.Id) ? result with { Outcome = Outcome.RunOnly } : result)];

    private bool IsLeftOut(ControlId id) =>
        (plan.Controls.Only.Count > 0 && !plan.Controls.Only.Contains(id)) || plan.Controls.Skip.Contains(id);

    private IReadOnlyList<string> ListNotices() => chart.StandInReason is not { } reason
        ? []
        :
        [
            $"STAND-IN: the fixture chart was rendered instead of HashiCorp's chart, because {reason}. It has the values of chart "
                + $"{PinnedInputs.ChartVersion}, and other templates; name the chart that you install with --chart.",
        ];

    private static IEnumerable<SubjectFact> Describe(ReleaseFacts release)
    {
        yield return new SubjectFact("Judged", "what chart and values declare; nothing was started");
        yield return new SubjectFact("Release", $"{release.Name} in namespace {release.Namespace}");
        yield return new SubjectFact("Chart", $"{release.Chart} {release.ChartVersion} (sha256 {release.ChartSha256})");
        yield return new SubjectFact("Server image", release.ServerImage);
        yield return new SubjectFact("Values", JoinFiles(release.Values));
        if (release.Patches.Count > 0)
        {
            yield return new SubjectFact("Patches", JoinFiles(release.Patches));
        }

        yield return new SubjectFact("Helm", release.HelmVersion);
    }

    private static string JoinFiles(IReadOnlyList<FileDigest> files) =>
        string.Join(", ", files.Select(file => $"{file.Name} (sha256 {file.Sha256})"));
}
