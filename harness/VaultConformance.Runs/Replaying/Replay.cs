using System.Globalization;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Fixes;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Replaying;

/// <summary>Judges recorded evidence again: the same controls, the same profile, no cluster.</summary>
/// <param name="judge">Judges it.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class Replay(IJudge judge, TimeProvider timeProvider)
{
    /// <summary>True to read the facts about containers again out of the recorded snapshots.</summary>
    public bool Reparse { get; init; }

    /// <summary>Judges the evidence.</summary>
    /// <param name="parts">The evidence.</param>
    /// <param name="otherProfile">Profile instead of the recorded one; null for the recorded one.</param>
    /// <param name="otherWaivers">Waivers instead of the recorded ones; null for the recorded ones.</param>
    /// <param name="cancellationToken">Ends the controls.</param>
    /// <exception cref="HarnessException">The evidence cannot be read.</exception>
    /// <exception cref="ProfileException">The recorded profile does not fit the controls of this program.</exception>
    /// <exception cref="WaiverException">The recorded waivers do not fit the controls of this program.</exception>
    public async Task<RunOutcome> RunAsync(
        IEvidenceParts parts, Profile? otherProfile, IReadOnlyList<WaiverFile>? otherWaivers, CancellationToken cancellationToken)
    {
        var stages = new RecordedStages(parts, timeProvider, Reparse);
        var preload = Task.Run(() => stages.Judged.StartAsync(cancellationToken), cancellationToken);
        var record = await RunRecordFile.ReadAsync(parts, cancellationToken);
        var profile = otherProfile ?? ReadProfile(record, parts);
        var waivers = WaiverFile.Join(otherWaivers ?? ReadWaivers(record, parts));
        var started = timeProvider.GetTimestamp();
        var target = stages.ToTarget().WrapSources((_, source) => new ObservationsOfRun(source, record.StartedAt));
        await RequireSnapshotsAsync(parts, target, cancellationToken);
        var options = new SuiteOptions
        {
            Only = ToIds(record.Only),
            Skip = ToIds(record.Skip),
            Accept = await WaiverJudge.CreateAcceptorAsync(waivers, profile, target, record.StartedAt, cancellationToken),
        };
        var suite = await judge.JudgeAsync(target, profile, options, progress: null, cancellationToken);
        await preload;
        var waived = await WaiverJudge.ApplyAsync(waivers, suite.Results, profile, target, record.StartedAt, cancellationToken);
        var standIn = await StandInSighting.FindAsync(target, cancellationToken);
        var report = record.Declared.FillIn(Report(record, profile, timeProvider.GetElapsedTime(started), suite.Planned, waived) with
        {
            Notices = [.. StandInSighting.Add(record.Notices, standIn), .. ListLater(profile), .. ListWeaker(profile)],
            StandIn = record.StandIn || standIn is not null,
            Results = new EvidenceExcerpts(stages.Shown).AddTo(waived.Results),
            Fix = record.Values is { Files.Count: > 0 } values
                ? new FixPlanner(values, profile.Parameters) { Written = await WrittenPaths.ListAsync(target, cancellationToken) }
                    .Plan(waived.Results)
                : null,
        });
        return new RunOutcome(MaskedTexts.Mask(report), suite.NUnitXml, Failure: null, Kept: []);
    }

    private async Task RequireSnapshotsAsync(IEvidenceParts parts, Target target, CancellationToken cancellationToken)
    {
        if (Reparse && !await RecordedStages.HasSnapshotAsync(target, cancellationToken))
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"The evidence in '{parts.Name}' holds no snapshot of a container, so that nothing can be read again. Replay it without "
                    + "--reparse; later versions record snapshots.");
        }
    }

    private ConformanceReport Report(
        RunRecord record, Profile profile, TimeSpan took, IReadOnlyList<ControlId> planned, WaivedResults waived) => new(
        record.RunId,
        record.Tool,
        record.StartedAt,
        record.FinishedAt ?? timeProvider.GetUtcNow(),
        profile.Reference,
        record.Notices,
        record.Subject,
        [.. record.Phases, new PhaseDuration("replay", took)],
        planned,
        waived.Results,
        record.Problem) { Digests = record.Digests, Waivers = waived.Statuses };

    private Profile ReadProfile(RunRecord record, IEvidenceParts parts) =>
        new ProfileLoader(judge.Controls) { MayBeOlder = true }.Parse(parts.Locate(RunRecordFile.FileName), record.Profile);

    private List<WaiverFile> ReadWaivers(RunRecord record, IEvidenceParts parts)
    {
        var loader = new WaiverLoader(judge.Controls);
        return [.. record.Waivers.Select(file => loader.Parse($"{file.File} in {parts.Locate(RunRecordFile.FileName)}", file.Text))];
    }

    private IEnumerable<string> ListLater(Profile profile)
    {
        var later = judge.Controls.Select(control => control.Id).Where(id => !profile.Controls.ContainsKey(id)).ToList();
        return later.Count == 0 ? [] : [$"Controls that came after this run was recorded are not judged: {string.Join(", ", later)}."];
    }

    // The text of a profile comes with the evidence, and so from whoever made it.
    private IEnumerable<string> ListWeaker(Profile profile)
    {
        var weaker = judge.Profiles.Find(profile.Reference) is { } own
            ? own.Controls.Where(entry => profile.Controls.TryGetValue(entry.Key, out var recorded) && AsksLess(recorded, entry.Value))
                .Select(entry => entry.Key)
                .Order()
                .ToList()
            : [];
        return weaker.Count == 0
            ? []
            : [$"The profile calls itself {profile.Reference}, and asks less than the one of that name that comes with this program: "
                + $"{string.Join(", ", weaker)}."];
    }

    private static bool AsksLess(ProfileControl recorded, ProfileControl own) =>
        recorded.Level < own.Level || (recorded.NotApplicable is not null && own.NotApplicable is null);

    private static ControlId[] ToIds(IReadOnlyList<string> ids) =>
        [.. ids.Select(id => ControlId.TryParse(id, out var parsed)
            ? parsed
            : throw new HarnessException(
                FailureKind.Configuration, $"The recorded run names control '{id}', which is not a control id. Record the evidence again."))
                ];
}

/// <summary>
/// The observations of one run: what was taken before it started is of another one, and says nothing about what this one tested.
/// </summary>
/// <param name="source">The evidence.</param>
/// <param name="startedAt">When the run started, by the clock that also tells when an observation was taken.</param>
internal sealed class ObservationsOfRun(IObservationSource source, DateTimeOffset startedAt) : IObservationSource
{
    // A clock may be set right in the middle of a run.
    private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var observation = await source.ObserveAsync(kind, subject, cancellationToken);
        return observation.Value is null || observation.TakenAt + Correction >= startedAt
            ? observation
            : observation with
            {
                Value = null,
                Unavailable = new UnavailableReason(UnavailableCause.Failed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{kind.Name}' of '{subject}' was taken at {observation.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, before the run "
                        + $"started at {startedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, so that it is of another run. Record the "
                        + $"evidence again.")),
            };
    }
}
