using System.Text.Json;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;
using VaultConformance.Harness.Tests.Probes;

namespace VaultConformance.Harness.Tests.Evidence;

[CancelAfter(10_000)]
public sealed class EvidenceStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("vc-evidence-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_observation_that_was_written_reads_back_with_the_same_text(CancellationToken cancellationToken)
    {
        var table = ProcessTableParser.Parse(RealObservation.Hardened.ToDump());

        var read = await RoundTripAsync(ObservationKinds.Processes, Subjects.FromPod("vault-0"), table, cancellationToken);

        Assert.That(Text(read.Require()), Is.EqualTo(Text(table)));
        Assert.That(read.Require().VaultServers.Single().Comm, Is.EqualTo("vault"));
    }

    [Test]
    public async Task Kubernetes_objects_read_back(CancellationToken cancellationToken)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "vault-0", Labels = new Dictionary<string, string> { ["component"] = "server" }, CreationTimestamp = Noon.UtcDateTime },
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "vault", Resources = new() { Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("256Mi") } } }] },
        };
        var objects = new AdmittedObjects(null, [pod], [], [], [], [], [], [], [], [], [], [], []);

        var read = await RoundTripAsync(ObservationKinds.Objects, Subjects.Release, objects, cancellationToken);

        Assert.That(read.Require().ServerPods.Single().Spec.Containers[0].Resources.Limits["memory"].ToString(), Is.EqualTo("256Mi"));
    }

    [Test]
    public void Computed_members_are_not_evidence()
    {
        var text = Text(ProcessTableParser.Parse(RealObservation.Hardened.ToDump()));

        Assert.That(text, Does.Contain("\"processes\"").And.Not.Contain("\"workload\"").And.Not.Contain("\"vaultServers\"").And.Not.Contain("\"init\""));
    }

    [Test]
    public async Task The_reason_why_there_is_no_fact_reads_back(CancellationToken cancellationToken)
    {
        var store = new EvidenceStore(_folder);
        var reason = new UnavailableReason(UnavailableCause.Failed, "exec refused");
        await store.WriteAsync(
            new Observation<MountTable>(ObservationKinds.Mounts.Name, Subjects.FromPod("vault-0"), Noon, TimeSpan.FromSeconds(1), null, reason), cancellationToken);

        var read = await store.ReadAsync(ObservationKinds.Mounts, Subjects.FromPod("vault-0"), cancellationToken);

        Assert.That(read!.Unavailable, Is.EqualTo(reason));
        Assert.That(read.Require, Throws.TypeOf<ObservationUnavailableException>().With.Message.Contains("exec refused"));
    }

    [Test]
    public async Task What_was_not_recorded_is_not_available(CancellationToken cancellationToken)
    {
        var source = new RecordedObservationSource(new EvidenceStore(_folder), new FakeTimeProvider(Noon));

        var observation = await source.ObserveAsync(ObservationKinds.Mounts, Subjects.FromPod("vault-0"), cancellationToken);

        Assert.That(observation.Unavailable!.Cause, Is.EqualTo(UnavailableCause.NotRecorded));
    }

    [Test]
    public async Task A_member_that_is_missing_was_not_recorded(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, "observations", "pod", "vault-0", "mounts.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(
            path,
            """{"kind":"mounts","subject":"pod/vault-0","takenAt":"2026-01-02T12:00:00+00:00","took":"00:00:01","value":{"mounts":[{"mountPoint":"/"}]},"unavailable":null}""",
            cancellationToken);

        var observation = await new EvidenceStore(_folder).ReadAsync(ObservationKinds.Mounts, Subjects.FromPod("vault-0"), cancellationToken);

        Assert.That(observation!.Unavailable, Is.EqualTo(new UnavailableReason(
            UnavailableCause.NotRecorded,
            "'mounts' of 'pod/vault-0' was recorded without 'fileSystem', 'source', 'root', 'options', 'superOptions', which this version needs. Record the evidence again.")));
    }

    [TestCase("""{"kind":"mounts","subject":"pod/vault-0","takenAt":"2026-01-02T12:00:00+00:00","took":"00:00:01","value":null,"unavailable":null}""")]
    [TestCase("""{"kind":"mounts","subject":"pod/other","takenAt":"2026-01-02T12:00:00+00:00","took":"00:00:01","value":{"mounts":[]},"unavailable":null}""")]
    [TestCase("""{"kind":"mounts","subject":"pod/vault-0","takenAt":"2026-01-02T12:00:00+00:00","took":"00:00:01","value":{"mounts":[],"more":1},"unavailable":null}""")]
    [TestCase("not json")]
    public async Task A_file_that_is_not_exactly_this_observation_is_refused(string content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, EvidenceStore.ObservationsFolder, "pod", "vault-0", "mounts.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, cancellationToken);

        await Assert.ThatAsync(
            () => new EvidenceStore(_folder).ReadAsync(ObservationKinds.Mounts, Subjects.FromPod("vault-0"), cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("Record the evidence again"));
    }

    [TestCase("pod/../../etc")]
    [TestCase("pod/a b")]
    [TestCase("pod/")]
    public async Task A_subject_cannot_leave_the_folder(string subject, CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => new EvidenceStore(_folder).ReadAsync(ObservationKinds.Mounts, subject, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("cannot be part of an evidence file name"));

    private async Task<Observation<T>> RoundTripAsync<T>(ObservationKind<T> kind, string subject, T value, CancellationToken cancellationToken)
        where T : class
    {
        var store = new EvidenceStore(_folder);
        await store.WriteAsync(new Observation<T>(kind.Name, subject, Noon, TimeSpan.FromSeconds(1), value, null), cancellationToken);
        return (await store.ReadAsync(kind, subject, cancellationToken))!;
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, EvidenceJson.Options);
}
