using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Tests.Pods;
using VaultConformance.Harness.Tls;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(15_000)]
public sealed class RelayPodTests
{
    private static readonly RelayPodSpec Spec = new("secrets", "hashicorp/vault:1.20.4", ["registry"], "run-7");
    private static readonly RelayExchange Exchange = new(new NetworkEndpoint("10.0.0.1", 8200), "x"u8.ToArray());

    [Test]
    public void It_is_admissible_where_restricted_is_enforced()
    {
        var pod = RelayPodManifest.Create(Spec, usersAreAssigned: false);
        var container = pod.Spec.Containers.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pod.Spec.SecurityContext.RunAsNonRoot, Is.True);
            Assert.That(pod.Spec.SecurityContext.RunAsUser, Is.GreaterThan(0));
            Assert.That(pod.Spec.SecurityContext.SeccompProfile.Type, Is.EqualTo("RuntimeDefault"));
            Assert.That(container.SecurityContext.AllowPrivilegeEscalation, Is.False);
            Assert.That(container.SecurityContext.Capabilities.Drop, Is.EqualTo(new[] { "ALL" }));
            Assert.That(container.SecurityContext.ReadOnlyRootFilesystem, Is.True);
            Assert.That(pod.Spec.AutomountServiceAccountToken, Is.False);
            Assert.That(pod.Metadata.Labels["vaultconformance.dev/run"], Is.EqualTo("run-7"));
            Assert.That(pod.Spec.ImagePullSecrets.Single().Name, Is.EqualTo("registry"));
        }
    }

    [Test]
    public void Where_the_platform_assigns_users_it_asks_for_none()
    {
        Assert.That(RelayPodManifest.Create(Spec, usersAreAssigned: true).Spec.SecurityContext.RunAsUser, Is.Null);
    }

    [Test]
    public async Task It_is_created_used_when_it_runs_and_deleted_once(CancellationToken cancellationToken)
    {
        var deletions = 0;
        var looks = 0;
        await using var server = await ServerAsync(() => ++looks < 3 ? Pod(waiting: "ContainerCreating") : Pod(), () => deletions++);
        var executor = new ScriptedExecutor("1 0.out\n0 0.err\n0 0.rc\nvc-data\ny", 0);

        await using var relay = await RelayPod.StartAsync(server.Client, executor, Spec, TimeProvider.System, cancellationToken);
        var answers = await relay.CarryOutAsync([Exchange], cancellationToken);
        await relay.DisposeAsync();
        await relay.DisposeAsync();

        Assert.That(Encoding.UTF8.GetString(answers.Single().Answer.Span), Is.EqualTo("y"));
        Assert.That(executor.Target, Is.EqualTo(new PodContainer("secrets", "vaultconformance-relay-run-7", "relay")));
        Assert.That((deletions, relay.RemovalProblem), Is.EqualTo((1, (string?)null)));
    }

    [TestCase(98, "", "The image 'hashicorp/vault:1.20.4' of relay pod 'vaultconformance-relay-run-7' has neither 'nc' nor bash, so nothing can be reached from it.")]
    [TestCase(97, "", "Relay pod 'vaultconformance-relay-run-7' does not work: The command to reach endpoints over the pod network in container 'relay'")]
    [TestCase(0, "nonsense\n", "Relay pod 'vaultconformance-relay-run-7' does not work: the relay's script did not print its results")]
    public async Task A_relay_that_does_not_work_says_why(int exitCode, string output, string message, CancellationToken cancellationToken)
    {
        await using var server = await ServerAsync(() => Pod(), () => { });
        await using var relay = await RelayPod.StartAsync(server.Client, new ScriptedExecutor(output, exitCode), Spec, TimeProvider.System, cancellationToken);

        await Assert.ThatAsync(
            () => relay.CarryOutAsync([Exchange], cancellationToken), Throws.TypeOf<NotConnectedException>().With.Message.StartsWith(message));
    }

    [Test]
    public async Task A_pod_that_can_never_run_is_not_waited_for(CancellationToken cancellationToken)
    {
        await using var server = await ServerAsync(() => Pod(waiting: "CreateContainerConfigError"), () => { });
        await using var relay = await RelayPod.StartAsync(server.Client, new ScriptedExecutor(string.Empty, 0), Spec, TimeProvider.System, cancellationToken);

        await Assert.ThatAsync(
            () => relay.CarryOutAsync([Exchange], cancellationToken), Throws.TypeOf<NotConnectedException>().With.Message.Contains("CreateContainerConfigError"));
    }

    [Test]
    public async Task A_refusal_of_the_api_server_is_explained(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.StartAsync(routes =>
        {
            routes.MapGet("/api/v1/namespaces/secrets", () => Results.Content(KubernetesJson.Serialize(new V1Namespace { Metadata = new V1ObjectMeta() }), "application/json"));
            routes.MapPost("/api/v1/namespaces/secrets/pods", () => Results.Content("violates PodSecurity", statusCode: 403));
        });

        await Assert.ThatAsync(
            () => RelayPod.StartAsync(server.Client, new ScriptedExecutor(string.Empty, 0), Spec, TimeProvider.System, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                "The relay pod 'vaultconformance-relay-run-7' could not be created in namespace 'secrets': violates PodSecurity. "
                + "The credentials need 'create' on 'pods' there, and admission must accept a pod that satisfies Pod Security 'restricted'."));
    }

    private static Task<FakeApiServer> ServerAsync(Func<V1Pod> pod, Action deleted) => FakeApiServer.StartAsync(routes =>
    {
        routes.MapGet("/api/v1/namespaces/secrets", () => Json(new V1Namespace { Metadata = new V1ObjectMeta() }));
        routes.MapPost("/api/v1/namespaces/secrets/pods", () => Json(Pod()));
        routes.MapGet("/api/v1/namespaces/secrets/pods/vaultconformance-relay-run-7", () => Json(pod()));
        routes.MapDelete("/api/v1/namespaces/secrets/pods/vaultconformance-relay-run-7", () =>
        {
            deleted();
            return Json(Pod());
        });
    });

    private static IResult Json(object value) => Results.Content(KubernetesJson.Serialize(value), "application/json");

    private static V1Pod Pod(string? waiting = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = "vaultconformance-relay-run-7" },
        Status = new V1PodStatus
        {
            Phase = "Running",
            ContainerStatuses =
            [
                new V1ContainerStatus
                {
                    State = waiting is null
                        ? new V1ContainerState { Running = new V1ContainerStateRunning() }
                        : new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = waiting } },
                },
            ],
        },
    };

    private sealed class ScriptedExecutor(string output, int exitCode) : IPodExecutor
    {
        public PodContainer? Target { get; private set; }

        public Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
        {
            Target = request.Target;
            return Task.FromResult(new ExecResult(request.Target, exitCode, Encoding.UTF8.GetBytes(output), default));
        }
    }
}
