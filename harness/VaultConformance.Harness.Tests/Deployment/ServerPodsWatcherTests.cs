using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Waiting;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>Which states end the wait for the server pods, and in which words.</summary>
[CancelAfter(30_000)]
public sealed class ServerPodsWatcherTests
{
    private const string Advice = "See the diagnostics folder; correct the values, the image or the cluster.";
    private const string Remedy = "; give it to the run with --prepare and a file with its manifest";
    private FakeNamespace _cluster = null!;

    [SetUp]
    public async Task Start() => _cluster = await FakeNamespace.StartAsync();

    [TearDown]
    public async Task Stop() => await _cluster.DisposeAsync();

    [Test]
    public async Task Pods_whose_containers_run_are_the_goal_ready_or_not(CancellationToken cancellationToken)
    {
        _cluster.Pods = [Running("vault-1"), Running("vault-0")];

        var pods = await Watcher().WaitUntilRunningAsync(2, cancellationToken);

        Assert.That(pods.Select(pod => pod.Metadata.Name), Is.EqualTo((string[])["vault-0", "vault-1"]));
        Assert.That(_cluster.Requests.First(), Does.Contain("labelSelector=component%3Dserver"));
    }

    [TestCase("ErrImagePull", "failed to pull and unpack image \"x:1\": not found")]
    [TestCase("ImagePullBackOff", "Back-off pulling image \"x:1\"")]
    [TestCase("InvalidImageName", "Failed to apply default image tag \"X:1\"")]
    [TestCase("ErrImageNeverPull", "Container image \"x:1\" is not present with pull policy of Never")]
    [TestCase("RunContainerError", "runc: exec format error")]
    public async Task Containers_that_cannot_start_end_the_wait(string reason, string message, CancellationToken cancellationToken)
    {
        _cluster.Pods = [Waiting(reason, message)];

        await FailsAsync($"container 'vault' of pod 'vault-0' is in {reason}: {message}", cancellationToken);
    }

    [TestCase("secret \"vault-kms\" not found")]
    [TestCase("configmap \"vault-extra\" not found")]
    public async Task What_a_container_lacks_is_told_with_the_way_to_give_it(string message, CancellationToken cancellationToken)
    {
        _cluster.Pods = [Waiting("CreateContainerConfigError", message)];

        await FailsAsync($"container 'vault' of pod 'vault-0' is in CreateContainerConfigError: {message}{Remedy}", cancellationToken);
    }

    [TestCase("MountVolume.SetUp failed for volume \"userconfig\" : secret \"vault-kms\" not found")]
    [TestCase("MountVolume.SetUp failed for volume \"extra\" : configmap \"vault-extra\" not found")]
    [TestCase("MountVolume.SetUp failed for volume \"tls\" : references non-existent secret key: ca.crt")]
    public async Task A_volume_that_cannot_be_mounted_ends_the_wait(string message, CancellationToken cancellationToken)
    {
        _cluster.Pods = [Waiting("ContainerCreating", "")];
        _cluster.Events = [MountEvent(message)];

        await FailsAsync($"pod 'vault-0' cannot mount a volume (FailedMount): {message}{Remedy}", cancellationToken);
    }

    [Test]
    public async Task A_mount_that_fails_for_another_reason_is_waited_out(CancellationToken cancellationToken)
    {
        _cluster.Pods = [Waiting("ContainerCreating", "")];
        _cluster.Events = [MountEvent("MountVolume.SetUp failed for volume \"vault-token\" : failed to sync secret cache: timed out waiting for the condition")];

        await TimesOutAsync("0 of 1 server pods run ('vault-0' is Pending: ContainerCreating)", 1, cancellationToken);
    }

    [TestCase("create Pod vault-0 in StatefulSet vault failed error: pods \"vault-0\" is forbidden: error looking up service account secrets/vault: serviceaccount \"vault\" not found")]
    [TestCase("create Pod vault-0 in StatefulSet vault failed error: pods \"vault-0\" is forbidden: no PriorityClass with name high was found")]
    public async Task What_a_pod_relies_on_and_nobody_makes_ends_the_wait(string message, CancellationToken cancellationToken)
    {
        _cluster.Events = [Event("FailedCreate", "StatefulSet", message)];

        await FailsAsync(message + Remedy, cancellationToken);
    }

    [Test]
    public async Task A_server_that_crashes_while_it_is_waited_for_is_told(CancellationToken cancellationToken)
    {
        _cluster.Log = "Error initializing storage\n";
        var pod = Waiting("CrashLoopBackOff", "back-off");
        pod.Status.ContainerStatuses[0].RestartCount = 1;
        pod.Status.ContainerStatuses[0].LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 1 } };
        _cluster.Pods = [Running("vault-1"), pod];

        Assert.That(
            await Watcher().CrashAsync(cancellationToken),
            Is.EqualTo("container 'vault' of pod 'vault-0' is in CrashLoopBackOff (exit code 1, 1 restarts): back-off; last log lines: Error initializing storage"));
        await Assert.ThatAsync(() => Watcher().WaitUntilReadyAsync(2, cancellationToken), Throws.TypeOf<WaitFailedException>().With.Message.Contains("exit code 1"));
    }

    [Test]
    public async Task Servers_that_run_have_not_crashed(CancellationToken cancellationToken)
    {
        _cluster.Pods = [Running("vault-0")];

        Assert.That(await Watcher().CrashAsync(cancellationToken), Is.Null);
    }

    [TestCase(null, "exit code 1, 3 restarts")]
    [TestCase("Error", "exit code 1, 3 restarts")]
    [TestCase("OOMKilled", "exit code 1, OOMKilled, 3 restarts")]
    public async Task A_crash_loop_is_told_with_exit_code_and_last_log_lines(string? ended, string words, CancellationToken cancellationToken)
    {
        _cluster.Log = "Error parsing config\nroot token hvs.secret\n";
        var pod = Waiting("CrashLoopBackOff", "back-off 40s restarting failed container");
        pod.Status.ContainerStatuses[0].RestartCount = 3;
        pod.Status.ContainerStatuses[0].LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 1, Reason = ended } };
        _cluster.Pods = [Running("vault-1"), pod];

        await FailsAsync(
            $"container 'vault' of pod 'vault-0' is in CrashLoopBackOff ({words}): back-off 40s restarting failed container; "
            + "last log lines: Error parsing config | root token ***",
            cancellationToken,
            replicas: 2);
        Assert.That(_cluster.Requests, Has.Some.Contains("/pods/vault-0/log?").And.Some.Contains("previous=true").And.Some.Contains("tailLines=8"));
    }

    [Test]
    public async Task The_log_of_a_crashing_init_container_is_its_own(CancellationToken cancellationToken)
    {
        _cluster.Log = "no permission";
        var pod = Waiting("PodInitializing", "");
        pod.Status.InitContainerStatuses =
        [
            new V1ContainerStatus
            {
                Name = "prepare", RestartCount = 1, State = Wait("CrashLoopBackOff", "back-off"),
                LastState = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 2 } },
            },
        ];
        _cluster.Pods = [pod];

        await FailsAsync("container 'prepare' of pod 'vault-0' is in CrashLoopBackOff (exit code 2, 1 restarts): back-off; last log lines: no permission", cancellationToken);
        Assert.That(_cluster.Requests, Has.Some.Contains("container=prepare"));
    }

    [Test]
    public async Task A_log_that_cannot_be_read_does_not_hide_the_crash(CancellationToken cancellationToken)
    {
        _cluster.Refusals["GET /log"] = (403, 1);
        var pod = Waiting("CrashLoopBackOff", "back-off");
        pod.Status.ContainerStatuses[0].RestartCount = 1;
        _cluster.Pods = [pod];

        await FailsAsync("container 'vault' of pod 'vault-0' is in CrashLoopBackOff: back-off; its log could not be read: the \"test\" says so", cancellationToken);
    }

    [Test]
    public async Task A_program_that_cannot_be_executed_ends_the_wait(CancellationToken cancellationToken)
    {
        _cluster.Log = "vault: Operation not permitted\n";
        var pod = Pod("vault-0", "Running");
        pod.Status.ContainerStatuses = [new V1ContainerStatus { Name = "vault", State = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 126 } } }];
        _cluster.Pods = [pod];

        await FailsAsync(
            "container 'vault' of pod 'vault-0' ended with exit code 126: its program cannot be executed; last log lines: vault: Operation not permitted", cancellationToken);
    }

    [TestCase("Evicted", "The node was low on resource: memory. ")]
    [TestCase("OutOfmemory", "Node didn't have enough resource: memory")]
    public async Task A_failed_pod_ends_the_wait(string reason, string message, CancellationToken cancellationToken)
    {
        var pod = Pod("vault-0", "Failed");
        (pod.Status.Reason, pod.Status.Message) = (reason, message);
        _cluster.Pods = [pod];

        await FailsAsync($"pod 'vault-0' failed ({reason}): {message.Trim().TrimEnd('.')}", cancellationToken);
    }

    [Test]
    public async Task A_pod_that_ends_because_it_is_being_deleted_is_waited_for(CancellationToken cancellationToken)
    {
        var leaving = Pod("vault-0", "Failed");
        leaving.Metadata.DeletionTimestamp = DateTime.UnixEpoch;
        _cluster.Pods = [leaving];
        ChangeAfterTwoLooks(() => _cluster.Pods = [Running("vault-0")]);

        Assert.That(await Watcher().WaitUntilRunningAsync(1, cancellationToken), Has.Count.EqualTo(1));
    }

    [TestCase("create Pod vault-0 in StatefulSet vault failed error: pods \"vault-0\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false")]
    [TestCase("create Pod vault-0 in StatefulSet vault failed error: Pod \"vault-0\" is invalid: spec.containers[0].image: Required value")]
    [TestCase("create Pod vault-0 in StatefulSet vault failed error: admission webhook \"validate.kyverno.svc\" denied the request: no")]
    [TestCase("create Pod vault-0 in StatefulSet vault failed error: pods \"vault-0\" is forbidden: exceeded quota: compute")]
    public async Task Pods_that_admission_refuses_end_the_wait_although_there_are_none(string message, CancellationToken cancellationToken)
    {
        _cluster.Events = [Event("SuccessfulCreate", "StatefulSet", "created"), Event("FailedCreate", "StatefulSet", message)];

        await FailsAsync(message, cancellationToken);
    }

    [TestCase("FailedCreate", "StatefulSet", "create Pod vault-0 failed error: pods \"vault-0\" is forbidden: error looking up service account secrets/vault: serviceaccount \"vault\" not found")]
    [TestCase("FailedCreate", "ReplicaSet", "pods \"injector\" is forbidden: quota")]
    [TestCase("FailedCreate", "StatefulSet", "the server is currently unable to handle the request")]
    public async Task Refusals_that_pass_or_are_not_ours_are_waited_out(string reason, string kind, string message, CancellationToken cancellationToken)
    {
        _cluster.Events = [Event(reason, kind, message)];
        ChangeAfterTwoLooks(() => _cluster.Pods = [Running("vault-0")]);

        Assert.That(await Watcher().WaitUntilRunningAsync(1, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_pod_that_no_node_takes_ends_the_wait_after_some_patience(CancellationToken cancellationToken)
    {
        var pod = Pod("vault-0", "Pending");
        pod.Status.Conditions =
            [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = "0/1 nodes are available: 1 Insufficient memory." }];
        _cluster.Pods = [pod];

        await FailsAsync("pod 'vault-0' cannot be scheduled (FailedScheduling): 0/1 nodes are available: 1 Insufficient memory", cancellationToken);
        Assert.That(_cluster.Requests, Has.Count.GreaterThan(2));
    }

    [Test]
    public async Task A_wait_that_takes_too_long_says_what_it_saw_last(CancellationToken cancellationToken)
    {
        _cluster.Pods = [Running("vault-0"), Waiting("ContainerCreating", "", "vault-1")];

        await TimesOutAsync("1 of 3 server pods run ('vault-1' is Pending: ContainerCreating)", 3, cancellationToken);
    }

    [TestCase(null, "0 of 1 server pods run (none exists yet)")]
    [TestCase("try again.", "0 of 1 server pods run (try again)")]
    public async Task No_pod_at_all_is_told_too(string? refusal, string seen, CancellationToken cancellationToken)
    {
        _cluster.Events = refusal is null ? [] : [Event("FailedCreate", "StatefulSet", refusal)];

        await TimesOutAsync(seen, 1, cancellationToken);
    }

    [Test]
    public async Task An_API_server_that_fails_for_a_moment_is_asked_again(CancellationToken cancellationToken)
    {
        _cluster.Refusals["GET /pods"] = (500, 2);
        _cluster.Pods = [Running("vault-0")];

        Assert.That(await Watcher().WaitUntilRunningAsync(1, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_API_server_that_keeps_failing_is_what_was_last_seen(CancellationToken cancellationToken)
    {
        _cluster.Refusals["GET /pods"] = (500, int.MaxValue);

        await TimesOutAsync("the API server does not tell: the \"test\" says so", 1, cancellationToken);
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task Credentials_that_may_not_list_pods_end_the_wait(int status, CancellationToken cancellationToken)
    {
        _cluster.Refusals["GET /pods"] = (status, int.MaxValue);

        await Assert.ThatAsync(
            () => Watcher().WaitUntilRunningAsync(1, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                "Listing the server pods in namespace 'secrets' is not allowed: the \"test\" says so. Grant the credentials 'list' on 'pods', or choose others with --context."));
    }

    [Test]
    public async Task Credentials_that_may_not_list_events_see_pods_all_the_same(CancellationToken cancellationToken)
    {
        _cluster.Refusals["GET /events"] = (403, int.MaxValue);
        ChangeAfterTwoLooks(() => _cluster.Pods = [Running("vault-0")]);

        Assert.That(await Watcher().WaitUntilRunningAsync(1, cancellationToken), Has.Count.EqualTo(1));
    }

    [TestCase("True", true)]
    [TestCase("False", false)]
    public async Task Servers_that_never_become_ready_are_an_observation(string ready, bool expected, CancellationToken cancellationToken)
    {
        var pod = Running("vault-0");
        pod.Status.Conditions = [new V1PodCondition { Type = "Ready", Status = ready }];
        _cluster.Pods = [pod];

        Assert.That(await Watcher().WaitUntilReadyAsync(1, cancellationToken), Is.EqualTo(expected));
    }

    private ServerPodsWatcher Watcher()
    {
        var time = new FastTime();
        return new ServerPodsWatcher(
            _cluster.Client, FakeNamespace.Name, new Wait(time), TimeSpan.FromSeconds(60), time, text => text.Replace("hvs.secret", "***", StringComparison.Ordinal));
    }

    private async Task FailsAsync(string reason, CancellationToken cancellationToken, int replicas = 1) =>
        await Assert.ThatAsync(
            () => Watcher().WaitUntilRunningAsync(replicas, cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Property(nameof(WaitFailedException.TimedOut)).False
                .And.Message.EqualTo($"Gave up waiting for {replicas} Vault server pod(s) to run: {reason}. {Advice}"));

    private async Task TimesOutAsync(string seen, int replicas, CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => Watcher().WaitUntilRunningAsync(replicas, cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Property(nameof(WaitFailedException.TimedOut)).True
                .And.Message.EqualTo($"Waiting for {replicas} Vault server pod(s) to run took longer than 00:01:00. Last seen: {seen}. {Advice} A slow machine needs a longer --timeout."));

    private void ChangeAfterTwoLooks(Action change)
    {
        var looks = 0;
        _cluster.Before = what =>
        {
            if (what.EndsWith("/pods", StringComparison.Ordinal) && ++looks == 3)
            {
                change();
            }
        };
    }

    private static V1Pod Pod(string name, string phase) => new() { Metadata = new V1ObjectMeta { Name = name }, Status = new V1PodStatus { Phase = phase } };

    private static V1Pod Running(string name)
    {
        var pod = Pod(name, "Running");
        pod.Status.ContainerStatuses = [new V1ContainerStatus { Name = "vault", State = new V1ContainerState { Running = new V1ContainerStateRunning() } }];
        return pod;
    }

    private static V1Pod Waiting(string reason, string message, string name = "vault-0")
    {
        var pod = Pod(name, "Pending");
        pod.Status.ContainerStatuses = [new V1ContainerStatus { Name = "vault", State = Wait(reason, message) }];
        return pod;
    }

    private static V1ContainerState Wait(string reason, string message) => new() { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } };

    private static Corev1Event MountEvent(string message)
    {
        var seen = Event("FailedMount", "Pod", message);
        seen.InvolvedObject.Name = "vault-0";
        return seen;
    }

    private static Corev1Event Event(string reason, string kind, string message) => new()
    {
        Metadata = new V1ObjectMeta { Name = reason }, Reason = reason, Message = message, InvolvedObject = new V1ObjectReference { Kind = kind },
    };
}
