using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Probes;

[CancelAfter(20_000)]
public sealed partial class PassiveProbesTests
{
    private const string Pods = """
        {"items":[{"metadata":{"name":"vault-0","labels":{"component":"server"}},"spec":{"containers":[
        {"name":"vault","lifecycle":{"preStop":{"exec":{"command":["/bin/sh","-c","sleep 5 && kill $(pidof vault)"]}}}},{"name":"agent"}]}},
        {"metadata":{"name":"vault-1","labels":{"component":"server"}},"spec":{"containers":[{"name":"vault"}]}}]}
        """;

    private const string ConfigMaps = """
        {"items":[{"metadata":{"name":"c"},"data":{"extraconfig-from-values.hcl":"listener \"tcp\" {\n tls_cert_file = \"/tls/tls.crt\"\n tls_key_file = \"/tls/tls.key\"\n}\n"}}]}
        """;

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("vc-evidence-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task All_passive_observations_of_a_pod_take_one_exec(CancellationToken cancellationToken)
    {
        var executor = new RecordingExecutor();
        await using var server = await ServerAsync();
        var pods = await Open(server, executor, cancellationToken).FindServerPodsAsync(cancellationToken);

        await Task.WhenAll(pods.SelectMany(pod => (Task[])
        [
            pod.ObserveProcessesAsync(cancellationToken), pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken), pod.ObserveAsync(ObservationKinds.WriteAttempts, cancellationToken), pod.ObserveAsync(ObservationKinds.CoreSettings, cancellationToken),
            pod.ObserveAsync(ObservationKinds.Memory, cancellationToken), pod.ObserveAsync(ObservationKinds.Sockets, cancellationToken), pod.ObserveAsync(ObservationKinds.Files, cancellationToken), pod.ObserveAsync(ObservationKinds.PreStop, cancellationToken),
        ]));

        Assert.That(executor.Requests.Select(request => request.Target.ToString()), Is.EquivalentTo(
            (string[])["container 'vault' of pod 'vault/vault-0'", "container 'vault' of pod 'vault/vault-1'"]));
        Assert.That(Encoding.UTF8.GetString(executor.Requests[0].Input.Span), Does.Contain("FILES='tls-certificate /tls/tls.crt\ntls-key /tls/tls.key'"));
    }

    [Test]
    public async Task Words_of_the_hook_are_looked_up_and_missing_ones_told(CancellationToken cancellationToken)
    {
        var executor = new RecordingExecutor();
        await using var server = await ServerAsync();
        var pods = await Open(server, executor, cancellationToken).FindServerPodsAsync(cancellationToken);

        var hook = await pods[0].ObserveAsync(ObservationKinds.PreStop, cancellationToken);

        Assert.That(Encoding.UTF8.GetString(executor.Requests[0].Input.Span), Does.Contain("WORDS='/bin/sh\nsleep\nkill\npidof'").Or.Contain("WORDS='/bin/sh\nsleep\npidof\nkill'"));
        Assert.That(hook.Missing, Is.EquivalentTo((string[])["/bin/sh", "kill", "pidof"]), "the recorded image only has sleep");
    }

    [Test]
    public async Task A_container_beside_the_server_is_asked_for_its_processes_only(CancellationToken cancellationToken)
    {
        var executor = new RecordingExecutor();
        await using var server = await ServerAsync();
        var pods = await Open(server, executor, cancellationToken).FindServerPodsAsync(cancellationToken);

        var table = await pods[0].ObserveSidecarProcessesAsync("agent", cancellationToken);

        Assert.That(table.Processes, Is.Not.Empty);
        Assert.That(executor.Requests.Single().Target.Container, Is.EqualTo("agent"));
        Assert.That(Encoding.UTF8.GetString(executor.Requests[0].Input.Span), Does.Contain("ONLY_PROCESSES=1\n"));
    }

    [Test]
    public async Task A_refused_exec_makes_every_observation_of_that_pod_unavailable_with_the_reason(CancellationToken cancellationToken)
    {
        var executor = new RecordingExecutor { Failure = new PodExecException(ExecFailure.NotAllowed, "not allowed here") };
        await using var server = await ServerAsync();
        var pods = await Open(server, executor, cancellationToken).FindServerPodsAsync(cancellationToken);

        await Assert.ThatAsync(() => pods[0].ObserveAsync(ObservationKinds.Mounts, cancellationToken), Throws.TypeOf<ObservationUnavailableException>().With.Message.Contains("not allowed here"));
        await Assert.ThatAsync(() => pods[0].ObserveAsync(ObservationKinds.Files, cancellationToken), Throws.TypeOf<ObservationUnavailableException>().With.Message.Contains("not allowed here"));
        Assert.That(executor.Requests, Has.Count.EqualTo(1));
    }

    private static Task<FakeApiServer> ServerAsync() => FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
    {
        ["/api/v1/namespaces/vault"] = """{"metadata":{"name":"vault"}}""",
        ["/api/v1/namespaces/vault/pods"] = Pods,
        ["/api/v1/namespaces/vault/configmaps"] = ConfigMaps,
    });

    private Target Open(FakeApiServer server, IPodExecutor executor, CancellationToken cancellationToken)
    {
        var probes = new ProbeSet();
        var source = new LiveObservationSource(
            probes, new DisruptionPolicy("not here", new Lazy<Task>(Task.CompletedTask)), new EvidenceStore(_folder), TimeProvider.System, cancellationToken);
        var context = new ProbeContext(
            server.Client, "vault", "existing", [], executor, () => source, new SecretRedactor(), TimeProvider.System, cancellationToken);
        probes.AddLive(LiveProbes.OutOfDumps.Append(ObservationKinds.Objects), LiveProbes.CreateServices(context).BuildServiceProvider());
        return new Target(source);
    }

    /// <summary>Answers every script with what a real pod showed, under the script's own marker.</summary>
    private sealed partial class RecordingExecutor : IPodExecutor
    {
        private readonly List<ExecRequest> _requests = [];

        public List<ExecRequest> Requests => _requests;

        public HarnessException? Failure { get; init; }

        public Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
        {
            lock (_requests)
            {
                _requests.Add(request);
            }

            var marker = Marker.Match(Encoding.UTF8.GetString(request.Input.Span)).Groups[1].Value;
            return Failure is null
                ? Task.FromResult(new ExecResult(request.Target, 0, Encoding.UTF8.GetBytes(RealObservation.Hardened.ToOutput(marker)), default))
                : Task.FromException<ExecResult>(Failure);
        }

        [GeneratedRegex("M='(vc[0-9a-f]+)'")]
        private static partial Regex Marker { get; }
    }
}
