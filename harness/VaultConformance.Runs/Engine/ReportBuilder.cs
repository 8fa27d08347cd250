using System.Globalization;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Fixes;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>Makes the report of a run and the record that a replay needs.</summary>
/// <param name="plan">The plan.</param>
/// <param name="machine">What was there.</param>
/// <param name="log">Phases.</param>
/// <param name="timeProvider">Clock.</param>
/// <param name="values">The values files; null when nothing was installed.</param>
internal sealed class ReportBuilder(
    RunPlan plan, PreparedMachine machine, PhaseLog log, TimeProvider timeProvider, RecordedValues? values)
{
    /// <summary>Makes the report and writes the record beside the evidence.</summary>
    public async Task<ConformanceReport> BuildAsync(
        SuiteOutcome? suite, Target? target, HarnessException? failure, CancellationToken cancellationToken)
    {
        var subject = target is null ? [] : await DescribeSubjectAsync(target, cancellationToken);
        var digests = target is null ? [] : await SubjectDigests.ListAsync(target, cancellationToken);
        var waived = await WaiverJudge.ApplyAsync(
            WaiverFile.Join(plan.Controls.Waivers), suite?.Results ?? [], plan.Controls.Profile, target, log.StartedAt, cancellationToken);
        var standIn = await StandInSighting.FindAsync(target, cancellationToken);
        var declared = await ValuesDeclarations.ReadAsync(plan, cancellationToken);
        var report = MaskedTexts.Mask(declared.FillIn(new ConformanceReport(
            plan.RunId,
            ToolName.OfThisProgram,
            log.StartedAt,
            timeProvider.GetUtcNow(),
            plan.Controls.Profile.Reference,
            StandInSighting.Add(machine.Notices, standIn),
            subject,
            log.Phases,
            suite?.Planned ?? [.. plan.Controls.Profile.Controls.Keys.Order()],
            new EvidenceExcerpts(new EvidenceFolder(plan.EvidenceFolder)).AddTo(waived.Results),
            failure?.Message)
        {
            StandIn = machine.StandIn || standIn is not null,
            Digests = digests,
            Waivers = waived.Statuses,
            Fix = values is null ? null : new FixPlanner(values, plan.Controls.Profile.Parameters)
            {
                Written = await WrittenPaths.ListAsync(target, cancellationToken),
            }.Plan(waived.Results),
        }));
        await RecordAsync(report, declared, cancellationToken);
        return report;
    }

    private async Task RecordAsync(ConformanceReport report, DeclaredValues declared, CancellationToken cancellationToken)
    {
        var record = new RunRecord(
            RunRecord.CurrentFormat,
            report.RunId,
            report.Tool,
            report.StartedAt,
            report.Notices,
            report.Subject,
            plan.Controls.Source.Text,
            [.. plan.Controls.Only.Select(id => id.ToString())],
            [.. plan.Controls.Skip.Select(id => id.ToString())],
            report.Problem)
        {
            Build = ToolName.Build,
            FinishedAt = report.FinishedAt,
            Phases = report.Phases,
            StandIn = report.StandIn,
            Digests = report.Digests,
            // Places that findings name are found again by whoever judges the evidence again.
            Declared = MaskedTexts.Mask(declared),
            Values = values,
            Waivers = [.. plan.Controls.Waivers.Select(file => new RecordedWaivers(Path.GetFileName(file.Path), file.Text))],
        };
        await RunRecordFile.WriteAsync(plan.EvidenceFolder, record, cancellationToken);
    }

    private static async Task<IReadOnlyList<SubjectFact>> DescribeSubjectAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            var release = await target.ObserveAsync(ObservationKinds.Release, cancellationToken);
            var cluster = await target.ObserveAsync(ObservationKinds.Cluster, cancellationToken);
            return [.. DescribeRelease(release), .. DescribeCluster(cluster)];
        }
        catch (ObservationUnavailableException exception)
        {
            return [new SubjectFact("Subject", exception.Message)];
        }
    }

    private static IEnumerable<SubjectFact> DescribeRelease(ReleaseFacts release)
    {
        yield return new SubjectFact(
            "Release",
            $"{release.Name} in namespace {release.Namespace}, revision {release.Revision.ToString(CultureInfo.InvariantCulture)}");
        yield return new SubjectFact("Chart", $"{release.Chart} {release.ChartVersion} (sha256 {release.ChartSha256})");
        yield return new SubjectFact("Server image", release.ServerImage);
        yield return new SubjectFact("Values", JoinFiles(release.Values));
        if (release.Patches.Count > 0)
        {
            yield return new SubjectFact("Patches", JoinFiles(release.Patches));
        }

        if (release.Setup is { Count: > 0 } setup)
        {
            yield return new SubjectFact("Setup", JoinFiles(setup));
        }

        foreach (var reason in release.OverlayReasons)
        {
            yield return new SubjectFact("Changed by VaultConformance so that it could be installed", reason);
        }

        yield return new SubjectFact("Helm", release.HelmVersion);
        yield return new SubjectFact("Vault client", release.VaultClient);
    }

    private static IEnumerable<SubjectFact> DescribeCluster(ClusterFacts cluster)
    {
        yield return new SubjectFact(
            "Kubernetes",
            $"{cluster.ServerVersion} ({cluster.Kind}, {cluster.Nodes.Count.ToString(CultureInfo.InvariantCulture)} node(s))");
        foreach (var node in cluster.Nodes)
        {
            yield return new SubjectFact(
                "Node", $"{node.Name}: {node.OperatingSystem}, Linux {node.KernelVersion}, {node.ContainerRuntime}");
        }

        foreach (var setting in cluster.NodeSettings)
        {
            yield return new SubjectFact("Node setting", setting);
        }
    }

    private static string JoinFiles(IReadOnlyList<FileDigest> files) =>
        string.Join(", ", files.Select(file => $"{file.Name} (sha256 {file.Sha256})"));
}
