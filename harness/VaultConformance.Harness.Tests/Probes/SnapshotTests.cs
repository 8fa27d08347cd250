using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>A recorded snapshot gives the same facts as the container did, and keeps no secret.</summary>
[CancelAfter(10_000)]
public sealed class SnapshotTests
{
    private const string Secret = "hvs.CAESIJ2kW3pN4xZt8vB0qYdLrM6sTgHfJcRwEaUoKi";
    private static readonly string Pod = Subjects.FromPod("vault-0");
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("vc-snapshot-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_snapshot_is_read_again_to_the_same_facts(CancellationToken cancellationToken)
    {
        var dump = RealObservation.Hardened.ToDump();
        var source = await RecordAsync(dump, cancellationToken);

        Assert.That(Text(await ReadAsync(source, ObservationKinds.Processes, cancellationToken)), Is.EqualTo(Text(ProcessTableParser.Parse(dump))));
        Assert.That(Text(await ReadAsync(source, ObservationKinds.Mounts, cancellationToken)), Is.EqualTo(Text(MountTableParser.Parse(dump))));
        Assert.That(Text(await ReadAsync(source, ObservationKinds.Memory, cancellationToken)), Is.EqualTo(Text(MemoryParser.ReadConfinement(dump))));
    }

    [Test]
    public async Task The_parser_of_this_version_wins_over_what_was_recorded(CancellationToken cancellationToken)
    {
        var recorded = await RecordAsync(RealObservation.Hardened.ToDump(), cancellationToken, new MountTable([]));

        Assert.That((await ReadAsync(recorded, ObservationKinds.Mounts, cancellationToken)).Mounts, Is.Not.Empty);
    }

    [Test]
    public async Task A_fact_that_the_snapshot_does_not_show_becomes_unavailable_with_the_reason(CancellationToken cancellationToken)
    {
        var dump = RealObservation.Hardened.ToDump();
        var source = await RecordAsync(dump with { Frames = dump.Frames.Where(frame => frame.Key != "mountinfo").ToDictionary() }, cancellationToken, new MountTable([]));

        var observation = await source.ObserveAsync(ObservationKinds.Mounts, Pod, cancellationToken);

        Assert.That(observation.Unavailable?.Message, Does.StartWith("container 'vault' of pod 'vault/vault-0' does not show 'mountinfo'"));
    }

    [Test]
    public async Task Without_a_snapshot_the_recorded_fact_stays(CancellationToken cancellationToken)
    {
        var source = await RecordAsync(null, cancellationToken, new MountTable([]));

        Assert.That((await ReadAsync(source, ObservationKinds.Mounts, cancellationToken)).Mounts, Is.Empty);
    }

    [Test]
    public void Secrets_are_masked_before_a_snapshot_is_kept()
    {
        var dump = Dump(
            ("process 7 cmdline", $"sh\0-c\0VAULT_TOKEN={Secret} vault login\0"),
            ("process 7 environ", $"PATH=/bin\0VAULT_ADDR=https://user:pass-w0rd@vault:8200\0"),
            ("file 1", "config\0/vault/config/a.hcl\0y\00 0 600\0\0n\0n\0"),
            ("content 1", "storage \"mysql\" {\n  password = \"Zq7Mark\"\n}\n"),
            ("version", "Vault v1.20.4 of-this-run"));

        var text = Text(SnapshotProbe.From(DumpMask.Apply(dump, value => value.Replace("of-this-run", "***", StringComparison.Ordinal))));

        foreach (var secret in (string[])[Secret, "pass-w0rd", "Zq7Mark", "of-this-run"])
        {
            Assert.That(text, Does.Not.Contain(secret));
        }

        Assert.That(text, Does.Contain("PATH=/bin").And.Contain("storage").And.Contain("Vault v1.20.4"));
    }

    [Test]
    public void Masking_twice_changes_nothing_more()
    {
        var once = DumpMask.Apply(RealObservation.Hardened.ToDump(), text => text);

        Assert.That(Text(SnapshotProbe.From(DumpMask.Apply(once, text => text))), Is.EqualTo(Text(SnapshotProbe.From(once))));
    }

    [Test]
    public void Bytes_that_are_no_text_are_kept_as_they_are()
    {
        var dump = Dump() with { Frames = new Dictionary<string, DumpFrame> { ["writes"] = new([0xff, 0x00, 0x80], 0) } };

        var again = SnapshotProbe.ReadFrames(JsonSerializer.Deserialize<ContainerSnapshot>(Text(SnapshotProbe.From(dump)), EvidenceJson.Options)!);

        Assert.That(again["writes"].Content, Is.EqualTo((byte[])[0xff, 0x00, 0x80]));
    }

    private async Task<ReparsedObservationSource> RecordAsync(PodDump? dump, CancellationToken cancellationToken, MountTable? mounts = null)
    {
        var store = new EvidenceStore(_folder);
        var admitted = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "vault-0", NamespaceProperty = "vault", Labels = new Dictionary<string, string> { ["component"] = "server" } },
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "vault" }] },
        };
        await WriteAsync(store, ObservationKinds.Objects, Subjects.Release, new AdmittedObjects(null, [admitted], [], [], [], [], [], [], [], [], [], [], []), cancellationToken);
        await WriteAsync(store, ObservationKinds.Snapshot, Pod, dump is null ? null : SnapshotProbe.From(dump), cancellationToken);
        await WriteAsync(store, ObservationKinds.Mounts, Pod, mounts, cancellationToken);
        return new ReparsedObservationSource(new RecordedObservationSource(store, new FakeTimeProvider()), (_, _, _) => { });
    }

    private static async Task WriteAsync<T>(EvidenceStore store, ObservationKind<T> kind, string subject, T? fact, CancellationToken cancellationToken)
        where T : class
    {
        if (fact is not null)
        {
            await store.WriteAsync(new Observation<T>(kind.Name, subject, default, TimeSpan.Zero, fact, null), cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(ReparsedObservationSource source, ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        (await source.ObserveAsync(kind, Pod, cancellationToken)).Require();

    private static PodDump Dump(params (string Name, string Content)[] frames) => new(
        new DumpRequest(new PodContainer("vault", "vault-0", "vault"), [], []),
        frames.ToDictionary(frame => frame.Name, frame => new DumpFrame(Encoding.UTF8.GetBytes(frame.Content), 0)));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, EvidenceJson.Options);
}
