using k8s.Models;
using VaultConformance.Harness.Probes.Disruptive;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>When and how a server ended, by the clocks of the cluster and not by ours.</summary>
public sealed class PodEndingTests
{
    private static readonly DateTime Deleted = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly PodEnd Nothing = new(null, null, null, TimeSpan.FromSeconds(64));

    [Test]
    public void The_time_runs_from_the_deletion_to_the_end_of_the_container()
    {
        var end = PodEnding.With(Nothing, Pod(grace: 60, Ended(0, Deleted.AddSeconds(2))));

        Assert.That((end.ExitCode, end.After), Is.EqualTo(((int?)0, (TimeSpan?)TimeSpan.FromSeconds(2))));
    }

    [Test]
    public void A_second_deletion_without_grace_does_not_move_the_first()
    {
        var first = PodEnding.With(Nothing, Pod(grace: 60, new V1ContainerState { Running = new V1ContainerStateRunning() }));
        var later = Pod(grace: 0, Ended(0, Deleted.AddSeconds(2)));
        later.Metadata.DeletionTimestamp = Deleted.AddSeconds(30);

        Assert.That(PodEnding.With(first, later).After, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void What_an_old_kubelet_made_up_is_not_taken()
    {
        var end = PodEnding.With(Nothing, Pod(grace: 60, Ended(137, Deleted, "ContainerStatusUnknown")));

        Assert.That((end.ExitCode, end.After), Is.EqualTo(((int?)null, (TimeSpan?)null)));
    }

    [Test]
    public void Without_a_deletion_or_an_end_there_is_no_time()
    {
        var running = PodEnding.With(Nothing, Pod(grace: 60, new V1ContainerState { Running = new V1ContainerStateRunning() }));
        var notDeleted = Pod(grace: 60, Ended(0, Deleted));
        notDeleted.Metadata.DeletionTimestamp = null;

        Assert.That((running.After, PodEnding.With(Nothing, notDeleted).After), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)));
    }

    [Test]
    public void Clocks_that_differ_a_little_make_no_negative_time()
    {
        Assert.That(PodEnding.With(Nothing, Pod(grace: 60, Ended(0, Deleted.AddSeconds(-1)))).After, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void The_runtime_tells_exit_code_and_time()
    {
        const string Events =
            """
            2026-03-01 12:00:02.1 +0000 UTC k8s.io /tasks/exit {"container_id":"abc","id":"exec-1","pid":7,"exit_status":1,"exited_at":"2026-03-01T12:00:01Z"}
            2026-03-01 12:00:02.2 +0000 UTC k8s.io /tasks/exit {"container_id":"abc","id":"abc","pid":5,"exited_at":"2026-03-01T12:00:02.2Z"}
            """;

        Assert.That(NodeExitWatch.Read(Events, "abc"), Is.EqualTo(new NodeExit(0, Deleted.AddSeconds(2.2))));
        Assert.That(NodeExitWatch.Read(Events.Replace("\"exited_at\":\"2026-03-01T12:00:02.2Z\"", "\"x\":1", StringComparison.Ordinal), "abc"), Is.EqualTo(new NodeExit(0, null)));
        Assert.That(NodeExitWatch.Read(Events, "other"), Is.Null);
    }

    [TestCase("raft", 3, 0, null)]
    [TestCase("raft", 5, 1, null)]
    [TestCase("raft", 5, 2, "2 of 5 servers with integrated storage have no quorum")]
    [TestCase("raft", 2, 0, "1 of 2 servers with integrated storage have no quorum")]
    [TestCase("raft", 3, 1, "1 of 3 servers with integrated storage have no quorum")]
    [TestCase("", 2, 0, "have no quorum")]
    [TestCase("consul", 2, 0, null)]
    [TestCase("consul", 2, 1, "no other server is unsealed")]
    public void The_active_server_is_spared_where_nobody_could_take_over(string storage, int servers, int areSealed, string? reason)
    {
        var sights = Enumerable.Range(0, servers).Select(index => new ServerSight(index == 0, index >= servers - areSealed, storage)).ToList();

        Assert.That(FailoverQuorum.ExplainSpared(sights), reason is null ? Is.Null : Does.Contain(reason));
    }

    private static V1ContainerState Ended(int code, DateTime at, string reason = "Completed") =>
        new() { Terminated = new V1ContainerStateTerminated { ExitCode = code, FinishedAt = at, Reason = reason } };

    private static V1Pod Pod(int grace, V1ContainerState state) => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault-0", DeletionTimestamp = Deleted.AddSeconds(grace), DeletionGracePeriodSeconds = grace },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "vault" }] },
        Status = new V1PodStatus { ContainerStatuses = [new V1ContainerStatus { Name = "vault", State = state }] },
    };
}
