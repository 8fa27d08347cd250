using VaultConformance.Controls.Suite;
using VaultConformance.Harness;
using VaultConformance.Harness.Evidence;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Targets;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Cli.Run;

/// <summary>Judges recorded evidence again: the same controls, the same profile, no cluster.</summary>
/// <param name="timeProvider">Clock.</param>
internal sealed class Replay(TimeProvider timeProvider)
{
    /// <summary>Judges the evidence.</summary>
    /// <param name="parts">The evidence.</param>
    /// <param name="otherProfile">Profile instead of the recorded one; null for the recorded one.</param>
    /// <param name="cancellationToken">Ends the controls.</param>
    /// <exception cref="HarnessException">The evidence cannot be read.</exception>
    /// <exception cref="ProfileException">The recorded profile does not fit the controls of this program.</exception>
    public async Task<RunOutcome> RunAsync(IEvidenceParts parts, Profile? otherProfile, CancellationToken cancellationToken)
    {
        var evidence = new PreloadedEvidence(new RecordedObservationSource(new EvidenceReader(parts), timeProvider));
        var preload = Task.Run(() => evidence.StartAsync(cancellationToken), cancellationToken);
        var record = await RunRecordFile.ReadAsync(parts, cancellationToken);
        var profile = otherProfile ?? Recorded(record, parts);
        var started = timeProvider.GetTimestamp();
        var options = new SuiteOptions { Only = Ids(record.Only), Skip = Ids(record.Skip) };
        var suite = await ConformanceSuite.RunAsync(new Target(evidence), profile, options, progress: null, cancellationToken);
        await preload;
        var report = new ConformanceReport(
            record.RunId,
            record.Tool,
            record.StartedAt,
            record.FinishedAt ?? timeProvider.GetUtcNow(),
            profile.Reference,
            [.. record.Notices, .. Later(profile)],
            record.Subject,
            [.. record.Phases, new PhaseDuration("replay", timeProvider.GetElapsedTime(started))],
            suite.Planned,
            suite.Results,
            record.Problem) { StandIn = record.StandIn, Digests = record.Digests };
        return new RunOutcome(report, suite.NUnitXml, Failure: null, Kept: []);
    }

    private static Profile Recorded(RunRecord record, IEvidenceParts parts) =>
        new ProfileLoader(ControlCatalogue.BuiltIn.Controls) { MayBeOlder = true }.Parse(parts.Locate(RunRecordFile.FileName), record.Profile);

    private static IEnumerable<string> Later(Profile profile)
    {
        var later = ControlCatalogue.BuiltIn.Controls.Select(control => control.Id).Where(id => !profile.Controls.ContainsKey(id)).ToList();
        return later.Count == 0 ? [] : [$"Controls that came after this run was recorded are not judged: {string.Join(", ", later)}."];
    }

    private static ControlId[] Ids(IReadOnlyList<string> ids) =>
        [.. ids.Select(id => ControlId.TryParse(id, out var parsed)
            ? parsed
            : throw new HarnessException(FailureKind.Configuration, $"The recorded run names control '{id}', which is no control id. Record the evidence again."))];
}
