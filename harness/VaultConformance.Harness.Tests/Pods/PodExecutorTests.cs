using System.Text;
using VaultConformance.Harness.Pods;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Pods;

[CancelAfter(20_000)]
public sealed class PodExecutorTests
{
    private static readonly PodContainer Target = new("vault", "vault-0", "vault");

    [Test]
    public async Task Output_of_both_streams_and_the_exit_code_come_back(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(1, "out 1\n");
            await pod.SendAsync(2, "err\n");
            await pod.SendAsync(1, "out 2\n");
            await pod.SendExitCodeAsync(0);
            await pod.CloseAsync();
        });

        var result = await ExecuteAsync(server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Output, Is.EqualTo("out 1\nout 2\n"));
            Assert.That(result.Error, Is.EqualTo("err\n"));
        }
    }

    [Test]
    public async Task A_non_zero_exit_code_is_data_until_asked_otherwise(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(2, "no such file\n");
            await pod.SendExitCodeAsync(3);
            await pod.CloseAsync();
        });

        var result = await ExecuteAsync(server, cancellationToken);

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(
            () => result.ThrowOnFailure("read the file"),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.CommandFailed)
                .And.Message.EqualTo(
                    "The command to read the file in container 'vault' of pod 'vault/vault-0' ended with exit code 3. It printed: 'no such file'. "
                    + "Run it by hand with kubectl exec to see more."));
    }

    [Test]
    public async Task Script_travels_by_standard_input_whole_and_never_in_the_url(CancellationToken cancellationToken)
    {
        var script = new string('#', 100_000) + "\necho SECRET-WORD";
        var seen = (Input: string.Empty, Url: string.Empty);
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            seen = (await pod.ReadInputAsync(input => input.EndsWith("exit $?\n", StringComparison.Ordinal)), pod.Query);
            await pod.SendExitCodeAsync(0);
            await pod.CloseAsync();
        });

        await new PodExecutor(server.Client).ExecuteAsync(ExecRequest.FromScript(Target, script), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Input, Does.Contain(script));
            Assert.That(seen.Url, Does.Not.Contain("SECRET-WORD"));
            Assert.That(seen.Url, Does.Contain("command=sh&command=-s&container=vault").And.Contain("tty=0").And.Contain("stderr=1"));
        }
    }

    [Test]
    public async Task Fragmented_messages_are_put_together(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(1, "one "u8.ToArray(), endOfMessage: false);
            await pod.SendContinuationAsync("two ", endOfMessage: false);
            await pod.SendContinuationAsync("three", endOfMessage: true);
            await pod.SendExitCodeAsync(0);
            await pod.CloseAsync();
        });

        Assert.That((await ExecuteAsync(server, cancellationToken)).Output, Is.EqualTo("one two three"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task No_status_frame_means_that_the_result_is_not_known(bool closedProperly, CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(1, "looks fine\n");
            if (closedProperly)
            {
                await pod.CloseAsync();
            }
        });

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.NoStatus)
                .And.Message.Contains("ended without telling an exit code"));
    }

    [Test]
    public async Task A_status_that_is_followed_by_a_lost_connection_still_counts(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(pod => pod.SendExitCodeAsync(7));

        Assert.That((await ExecuteAsync(server, cancellationToken)).ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task Missing_executable_has_its_own_message(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendStatusAsync(new
            {
                status = "Failure",
                reason = "InternalError",
                message = "Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: "
                    + "exec failed: unable to start container process: exec: \"true\": executable file not found in $PATH: unknown",
            });
            await pod.CloseAsync();
        });

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.ExecutableNotFound)
                .And.Message.StartsWith("The image of container 'vault' of pod 'vault/vault-0' has no 'true'"));
    }

    [Test]
    public async Task A_script_that_itself_ends_with_127_is_not_a_missing_executable(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(2, "sh: foo: not found\n");
            await pod.SendExitCodeAsync(127);
            await pod.CloseAsync();
        });

        Assert.That((await ExecuteAsync(server, cancellationToken)).ExitCode, Is.EqualTo(127));
    }

    [Test]
    public async Task Too_much_output_is_given_up(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            for (var sent = 0; sent < 64; sent++)
            {
                await pod.SendAsync(1, new byte[32 * 1024]);
            }

            await pod.StayAsync();
        });

        await Assert.ThatAsync(
            () => new PodExecutor(server.Client).ExecuteAsync(ExecRequest.FromScript(Target, "yes") with { OutputLimit = 100_000 }, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.OutputTooLarge).And.Message.Contains("100000 bytes"));
    }

    [Test]
    public async Task Large_output_arrives_unchanged(CancellationToken cancellationToken)
    {
        var bytes = Enumerable.Range(0, 1_000_000).Select(number => (byte)number).ToArray();
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            foreach (var part in bytes.Chunk(70_000))
            {
                await pod.SendAsync(1, part);
            }

            await pod.SendExitCodeAsync(0);
            await pod.CloseAsync();
        });

        Assert.That((await ExecuteAsync(server, cancellationToken)).OutputBytes.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Cancellation_ends_a_hanging_exec(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var server = await FakeApiServer.WithExecAsync(async pod =>
        {
            await pod.SendAsync(1, "started");
            await giveUp.CancelAsync();
            await pod.StayAsync();
        });

        await Assert.ThatAsync(() => ExecuteAsync(server, giveUp.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Refused_credentials_are_told_which_permission_is_missing(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(403, null);

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.NotAllowed)
                .And.Message.EqualTo(
                    "Running a command in container 'vault' of pod 'vault/vault-0' is not allowed: the API server refused it with 403. "
                    + "The credentials need 'get' and 'create' on 'pods/exec' in namespace 'vault'."));
    }

    [Test]
    public async Task A_pod_that_is_gone_is_told_apart(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(404, null);

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>().With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.PodNotFound));
    }

    [Test]
    public async Task A_container_that_the_pod_does_not_have_is_told_apart(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(400, Pod("agent", new V1ContainerState { Running = new() }));

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.ContainerNotFound).And.Message.Contains("only agent"));
    }

    [Test]
    public async Task A_container_that_does_not_run_is_told_with_its_state(CancellationToken cancellationToken)
    {
        var waiting = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "CrashLoopBackOff" } };
        await using var server = await FakeApiServer.RefusingExecAsync(500, Pod("vault", waiting));

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.ContainerNotRunning).And.Message.Contains("waiting (CrashLoopBackOff)"));
    }

    [Test]
    public async Task Another_refusal_keeps_the_text_of_the_failure(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(502, Pod("vault", new V1ContainerState { Running = new() }));

        await Assert.ThatAsync(
            () => ExecuteAsync(server, cancellationToken),
            Throws.TypeOf<PodExecException>()
                .With.Property(nameof(PodExecException.Failure)).EqualTo(ExecFailure.Refused).And.Message.Contains("502"));
    }

    private static V1Pod Pod(string container, V1ContainerState state) => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault-0" },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = container }] },
        Status = new V1PodStatus
        {
            ContainerStatuses = [new V1ContainerStatus { Name = container, State = state, Image = "i", ImageID = "i", Ready = true, RestartCount = 0 }],
        },
    };

    private static Task<ExecResult> ExecuteAsync(FakeApiServer server, CancellationToken cancellationToken) =>
        new PodExecutor(server.Client).ExecuteAsync(new ExecRequest(Target, ["true"], Encoding.UTF8.GetBytes(string.Empty)), cancellationToken);
}
