using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Diagnostics;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Diagnostics;

[CancelAfter(20_000)]
public sealed class DiagnosticsBundleTests
{
    private const string Pods = """
        {"items":[{"metadata":{"name":"vault-0","namespace":"vault"},"spec":{"containers":[{"name":"vault","image":"i"}]},
        "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"}],
        "containerStatuses":[{"name":"vault","image":"i","imageID":"i","containerID":"c","ready":false,"restartCount":2,
        "state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}]}
        """;

    private const string Events = """
        {"items":[{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"vault-0"},"type":"Warning","reason":"BackOff","message":"with hvs.CAESIJ8saBcD1234567890abcdef"}]}
        """;

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("vc-diagnostics-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Everything_that_can_be_had_is_written_and_redacted(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(Answers());
        var redactor = new SecretRedactor();
        redactor.Register(new SecretText("registered-secret"));

        var result = await Bundle(server, redactor).CollectAsync(Request(_ => Task.FromResult("revision 1 registered-secret")), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problems, Is.Empty);
            Assert.That(result.Files, Is.EquivalentTo((string[])
            [
                "README.txt", "events.txt", "helm-history.txt", "logs/vault-0.vault.log", "logs/vault-0.vault.previous.log", "nodes.txt", "objects.json", "pods/vault-0.txt",
            ]));
            Assert.That(Text("pods/vault-0.txt"), Does.Contain("waiting: CrashLoopBackOff").And.Contain("exit code 137").And.Contain("BackOff").And.Contain("Ready=False"));
            Assert.That(Text("helm-history.txt"), Is.EqualTo("revision 1 ***"));
            Assert.That(Text("events.txt"), Does.Contain("with ***").And.Not.Contain("hvs."));
            Assert.That(Text("README.txt"), Does.Contain("Failure: HarnessException: the pods did not start").And.Contain("Everything could be collected."));
        }
    }

    [Test]
    public async Task What_cannot_be_had_is_noted_and_the_rest_is_there(CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/api/v1/nodes"] = 403;
        answers["/api/v1/namespaces/vault/pods/vault-0/log"] = 500;
        await using var server = await FakeApiServer.WithObjectsAsync(answers);

        var result = await Bundle(server, new SecretRedactor())
            .CollectAsync(Request(_ => throw new InvalidOperationException("helm is gone")), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problems, Has.Some.StartsWith("nodes.txt: ").And.Some.StartsWith("logs/vault-0.vault.log: ").And.Some.EqualTo("helm-history.txt: helm is gone"));
            Assert.That(result.Files, Does.Contain("pods/vault-0.txt").And.Contain("events.txt"));
            Assert.That(Text("README.txt"), Does.Contain("Not collected:").And.Contain("helm is gone"));
        }
    }

    [Test]
    public async Task A_part_that_hangs_is_given_up_when_the_time_is_over(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(Answers());
        var time = new FakeTimeProvider();
        var hanging = new TaskCompletionSource();

        var collecting = new DiagnosticsBundle(server.Client, new SecretRedactor(), time).CollectAsync(
            Request(async _ =>
            {
                hanging.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return string.Empty;
            }),
            cancellationToken);
        await hanging.Task;
        time.Advance(DiagnosticsBundle.Limit);

        var result = await collecting;
        Assert.That(result.Problems, Does.Contain("helm-history.txt: there was no time left."));
        Assert.That(result.Files, Does.Contain("README.txt"));
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_does_not_throw(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "in the way", cancellationToken);
        await using var server = await FakeApiServer.WithObjectsAsync(Answers());

        var result = await Bundle(server, new SecretRedactor()).CollectAsync(Request(null) with { Folder = file }, cancellationToken);

        Assert.That(result.Files, Is.Empty);
        Assert.That(result.Problems, Is.Not.Empty);
    }

    private static DiagnosticsBundle Bundle(FakeApiServer server, SecretRedactor redactor) => new(server.Client, redactor, new FakeTimeProvider());

    private DiagnosticsRequest Request(Func<CancellationToken, Task<string>>? history) =>
        new(_folder, "vault", new HarnessException(FailureKind.Environment, "the pods did not start"), history);

    private static Dictionary<string, object> Answers() => new()
    {
        ["/api/v1/namespaces/vault/pods"] = Pods,
        ["/api/v1/namespaces/vault/events"] = Events,
        ["/api/v1/namespaces/vault"] = """{"metadata":{"name":"vault"}}""",
        ["/api/v1/namespaces/vault/pods/vault-0/log"] = "==> Vault shutdown triggered\n",
    };

    private string Text(string file) => File.ReadAllText(Path.Combine(_folder, file));
}
