using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Probes;

[CancelAfter(20_000)]
public sealed class ContainerLogsProbeTests
{
    private const string Key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    private const string Pods = """
        {"items":[{"metadata":{"name":"vault-0"},"spec":{"initContainers":[{"name":"setup"}],"containers":[{"name":"vault"}],"ephemeralContainers":[{"name":"debugger"}]},
        "status":{"containerStatuses":[{"name":"vault","restartCount":1,"image":"","imageID":"","ready":true}]}},
        {"metadata":{"name":"injector-1"},"spec":{"containers":[{"name":"injector"}]}}]}
        """;

    [Test]
    public async Task Logs_of_all_containers_of_all_pods_are_looked_at(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(_ => "all is well\n", cancellationToken);

        Assert.That(facts.Logs.Select(log => $"{log.Pod}/{log.Container} {log.Bytes}"), Is.EquivalentTo(
            (string[])["injector-1/injector 12", "vault-0/setup 12", "vault-0/vault 24", "vault-0/debugger 12"]));
        Assert.That((facts.Containers, facts.Read, facts.LargestBytes), Is.EqualTo((4, 4, 4 * 1024 * 1024)));
        Assert.That(facts.Logs, Has.All.Matches<ContainerLogFacts>(log => log is { Cut: false, Problem: null, KeysFound.Count: 0 }));
    }

    [Test]
    public async Task Kinds_are_kept_and_never_a_key_or_a_line(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(query => query.Contains("previous=true", StringComparison.Ordinal) ? $"unsealing with {Key}\nInitial Root Token: FieldRootTok_7731\n" : "fine\n", cancellationToken);

        var evidence = JsonSerializer.Serialize(facts, EvidenceJson.Options);
        Assert.That(facts.Logs.Single(log => log.Container == "vault").KeysFound, Is.EqualTo(
            (string[])["an unseal key of this run", "root token in the output of 'vault operator init' or of a server in development mode"]));
        Assert.That(evidence, Does.Not.Contain(Key[..12]).And.Not.Contain("FieldRootTok").And.Not.Contain("unsealing with"));
        Assert.That(JsonSerializer.Deserialize<ContainerLogsFacts>(evidence, EvidenceJson.Options)!.Read, Is.EqualTo(4));
    }

    [Test]
    public async Task A_log_that_cannot_be_read_is_told_with_the_reason(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(query => query.Contains("container=injector", StringComparison.Ordinal) ? null : "fine\n", cancellationToken);

        var log = facts.Logs.Single(candidate => candidate.Pod == "injector-1");
        Assert.That((facts.Containers, facts.Read), Is.EqualTo((4, 3)));
        Assert.That((log.KeysFound, log.Cut, log.Bytes), Is.EqualTo(((IReadOnlyList<string>?)null, (bool?)null, (long?)null)));
        Assert.That(log.Problem, Does.StartWith("The log of container 'injector' of pod 'vault/injector-1' could not be read: ").And.EndsWith("'get' on 'pods/log'."));
    }

    [Test]
    public async Task What_was_found_stays_when_the_log_of_the_run_before_is_gone(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(query => query.Contains("previous=true", StringComparison.Ordinal) ? null : $"Unseal Key 1: {Key}\n", cancellationToken);

        var log = facts.Logs.Single(candidate => candidate.Container == "vault");
        Assert.That(log.KeysFound, Has.Count.EqualTo(2));
        Assert.That(log.Problem, Does.StartWith("of its previous run: "));
    }

    [Test]
    public async Task A_log_that_is_as_long_as_the_limit_counts_as_cut(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(query => new string('a', query.Contains("container=injector", StringComparison.Ordinal) ? 4 * 1024 * 1024 : (4 * 1024 * 1024) - 1), cancellationToken);

        Assert.That(facts.Logs.Where(log => log.Cut == true).Select(log => log.Container), Is.EqualTo((string[])["injector"]));
    }

    private static async Task<ContainerLogsFacts> TakeAsync(Func<string, string?> answer, CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.StartAsync(routes =>
        {
            routes.MapGet("/api/v1/namespaces/vault", context => context.Response.WriteAsync("""{"metadata":{"name":"vault"}}"""));
            routes.MapGet("/api/v1/namespaces/vault/pods", context => context.Response.WriteAsync(Pods));
            routes.MapGet("/api/v1/namespaces/vault/pods/{pod}/log", context =>
            {
                var text = answer(context.Request.QueryString.Value!);
                context.Response.StatusCode = text is null ? 400 : 200;
                return context.Response.WriteAsync(text ?? "{\"message\":\"no such log\"}");
            });
            routes.MapFallback(context => context.Response.WriteAsync("""{"items":[],"groups":[],"resources":[]}"""));
        });
        var probes = new ProbeSet();
        using var folder = new TestFolder();
        var source = new LiveObservationSource(
            probes, new DisruptionPolicy("not here", new Lazy<Task>(Task.CompletedTask)), new EvidenceStore(folder.Path), TimeProvider.System, cancellationToken);
        var context = new ProbeContext(
            server.Client, "vault", "existing", [], new NoExecutor(), () => source, new SecretRedactor(), TimeProvider.System, cancellationToken)
        {
            Material = new UnsealMaterial([new SecretText(Key)], new SecretText("another-token"), AutoUnseal: false),
        };
        probes.Add(new ContainerLogsProbe(context)).Add(new ObjectsProbe(context));
        return (await source.ObserveAsync(ObservationKinds.ContainerLogs, Subjects.Release, cancellationToken)).Require();
    }

    private sealed class NoExecutor : IPodExecutor
    {
        public Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken) =>
            throw new HarnessException(FailureKind.Environment, "nothing is executed to read logs");
    }

    private sealed class TestFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("vc-logs-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
