using VaultConformance.Harness.Observations;
using VaultConformance.Runs.Records;
using k8s.Models;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>Recorded evidence of a release where the only control of the profile, ID-6, fails: pods share the network of their node.</summary>
internal static class RecordedRun
{
    private const string Profile = "name: baseline\nversion: 1.0\ndescription: recorded when there was one control\ncontrols: {ID-6: {level: must}}\n";

    /// <summary>Writes it to the folder <c>out</c>.</summary>
    public static async Task WriteAsync(TestApp app, DateTimeOffset startedAt, string? waivers = null, params string[] pods)
    {
        var folder = Path.Combine(app.WorkingFolder, "out", "evidence");
        var store = new EvidenceStore(folder);
        await store.WriteAsync(Of(ObservationKinds.Objects, Subjects.Release, Objects(pods), startedAt), CancellationToken.None);
        await store.WriteAsync(Of(ObservationKinds.Release, Subjects.Release, Release(), startedAt), CancellationToken.None);
        await store.WriteAsync(Of(ObservationKinds.Cluster, Subjects.Cluster, Cluster(), startedAt), CancellationToken.None);
        var record = new RunRecord(RunRecord.CurrentFormat, "r1", "vault-conformance 0.1.0", startedAt, [], [], Profile, [], [], null)
        {
            FinishedAt = startedAt.AddMinutes(1), Waivers = waivers is null ? [] : [new RecordedWaivers("accepted.yaml", waivers)],
        };
        await RunRecordFile.WriteAsync(folder, record, CancellationToken.None);
    }

    private static Observation<T> Of<T>(ObservationKind<T> kind, string subject, T fact, DateTimeOffset takenAt)
        where T : class => new(kind.Name, subject, takenAt, TimeSpan.Zero, fact, null);

    private static AdmittedObjects Objects(string[] pods) => new(
        null, [.. (pods.Length == 0 ? ["vault-0"] : pods).Select(Pod)], [], [], [], [], [], [], [], [], [], [], [])
    {
        ReplicaSets = [], Jobs = [], CronJobs = [], ReplicationControllers = [], PodTemplates = [],
    };

    private static V1Pod Pod(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["component"] = "server" } },
        Spec = new V1PodSpec { HostNetwork = true, Containers = [new V1Container { Name = "vault" }] },
    };

    private static ReleaseFacts Release() => new(
        "vault", "vault", 1, "vault", "0.34.1", "2.0.4", "hashicorp/vault", new string('a', 64), "v4.0.0", [], "", [], [], "hashicorp/vault:2.0.4", false, "built-in", null);

    private static ClusterFacts Cluster() => new("k3s", "v1.34.1", [], new Dictionary<string, Capability>(), null, []);
}
