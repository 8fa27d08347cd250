using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tests.Evidence;

/// <summary>Evidence of a run that changed the release: what was before stays beside what came after.</summary>
[CancelAfter(10_000)]
public sealed class StagedEvidenceTests
{
    private static readonly string Pod = Subjects.FromPod("vault-0");
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("vc-stages-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Each_stage_has_a_folder_and_a_plain_run_none(CancellationToken cancellationToken)
    {
        foreach (var stage in Enum.GetValues<ObservationStage>())
        {
            await WriteAsync(stage, 1, cancellationToken);
        }

        Assert.That(
            Directory.EnumerateFiles(_folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')),
            Is.EquivalentTo((string[])["observations/pod/vault-0/core-settings.json", "observations/before/pod/vault-0/core-settings.json", "observations/after/pod/vault-0/core-settings.json"]));
    }

    [Test]
    public async Task A_target_answers_for_the_stage_that_it_is_asked_for(CancellationToken cancellationToken)
    {
        await WriteAsync(ObservationStage.Before, 1, cancellationToken);
        await WriteAsync(ObservationStage.After, 2, cancellationToken);
        var target = new Target(
            new Dictionary<ObservationStage, IObservationSource> { [ObservationStage.Before] = Source(ObservationStage.Before), [ObservationStage.After] = Source(ObservationStage.After) },
            ObservationStage.After);

        Assert.That((target.Stage, target.SelectStage(ObservationStage.Before).Stage), Is.EqualTo((ObservationStage.After, ObservationStage.Before)));
        Assert.That(await UsesPidAsync(ObservationStage.Before, cancellationToken), Is.EqualTo(1));
        Assert.That(await UsesPidAsync(ObservationStage.After, cancellationToken), Is.EqualTo(2));
    }

    [Test]
    public void A_plain_run_has_nothing_to_compare_with_and_says_so() => Assert.That(
        () => new Target(Source(ObservationStage.Only)).SelectStage(ObservationStage.Before),
        Throws.TypeOf<ObservationUnavailableException>().With.Message.Contains("this run has no stage 'Before', because the release was not changed in it"));

    [Test]
    public async Task Evidence_of_one_stage_is_not_taken_for_that_of_another(CancellationToken cancellationToken)
    {
        await WriteAsync(ObservationStage.Before, 1, cancellationToken);
        Directory.Move(Path.Combine(_folder, "observations", "before"), Path.Combine(_folder, "observations", "after"));

        await Assert.ThatAsync(
            () => Source(ObservationStage.After).ObserveAsync(ObservationKinds.CoreSettings, Pod, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("It was taken in stage 'Before', not 'After'."));
    }

    [Test]
    public async Task Evidence_of_a_newer_revision_was_not_recorded_for_this_version(CancellationToken cancellationToken)
    {
        await WriteAsync(ObservationStage.Only, 1, cancellationToken);
        var path = Path.Combine(_folder, "observations", "pod", "vault-0", "core-settings.json");
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        await File.WriteAllTextAsync(path, text.Replace("\"revision\": 1", "\"revision\": 7, \"later\": true", StringComparison.Ordinal), cancellationToken);

        var observation = await Source(ObservationStage.Only).ObserveAsync(ObservationKinds.CoreSettings, Pod, cancellationToken);

        Assert.That(observation.Unavailable, Is.EqualTo(new UnavailableReason(
            UnavailableCause.NotRecorded,
            "'core-settings' of 'pod/vault-0' was recorded in revision 7 by a newer version; this version knows revision 1. Use the newer version.")));
    }

    [Test]
    public async Task Evidence_whose_meaning_was_another_is_not_judged(CancellationToken cancellationToken)
    {
        await WriteAsync(ObservationStage.Only, 1, cancellationToken);
        var changed = ObservationKinds.CoreSettings with { Revision = 3, OldestRevision = 2 };

        var observation = await Source(ObservationStage.Only).ObserveAsync(changed, Pod, cancellationToken);

        Assert.That(observation.Unavailable?.Message, Does.StartWith("'core-settings' of 'pod/vault-0' was recorded in revision 1, which meant something else; this version needs revision 2."));
    }

    private async Task<int?> UsesPidAsync(ObservationStage stage, CancellationToken cancellationToken) =>
        (await Source(stage).ObserveAsync(ObservationKinds.CoreSettings, Pod, cancellationToken)).Require().CoreUsesPid;

    private RecordedObservationSource Source(ObservationStage stage) => new(new EvidenceStore(_folder, stage), new FakeTimeProvider());

    private Task WriteAsync(ObservationStage stage, int usesPid, CancellationToken cancellationToken) => new EvidenceStore(_folder, stage).WriteAsync(
        new Observation<CoreSettings>(ObservationKinds.CoreSettings.Name, Pod, default, TimeSpan.Zero, new CoreSettings("core", usesPid, 0), null) { Stage = stage }, cancellationToken);
}
