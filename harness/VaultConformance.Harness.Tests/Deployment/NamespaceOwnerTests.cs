using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Deployment;

[CancelAfter(20_000)]
public sealed class NamespaceOwnerTests
{
    private FakeNamespace _cluster = null!;

    [SetUp]
    public async Task Start() => _cluster = await FakeNamespace.StartAsync();

    [TearDown]
    public async Task Stop() => await _cluster.DisposeAsync();

    [Test]
    public async Task The_namespace_carries_the_run_and_goes_with_its_pods(CancellationToken cancellationToken)
    {
        var owner = Owner();

        await owner.CreateAsync(cancellationToken);
        Assert.That(_cluster.Namespace!.Metadata.Labels[RunLabels.Run], Is.EqualTo("run-1"));

        await owner.RemoveAsync(cancellationToken);
        Assert.That(_cluster.Namespace, Is.Null);
        Assert.That(Deletions(), Is.EqualTo((string[])["DELETE /api/v1/namespaces/secrets/pods", "DELETE /api/v1/namespaces/secrets"]));
    }

    [Test]
    public async Task A_namespace_that_exists_is_refused_and_never_deleted(CancellationToken cancellationToken)
    {
        _cluster.Namespace = Someone("else");
        var owner = Owner();

        await Assert.ThatAsync(
            () => owner.CreateAsync(cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration).And.Message.EqualTo(
                "Namespace 'secrets' exists already. The run owns and removes its namespace, so it takes none that exists: choose another with --namespace, or remove it "
                + "('clean' removes leftovers of earlier runs)."));
        await owner.RemoveAsync(cancellationToken);
        Assert.That(Deletions(), Is.Empty);
    }

    [Test]
    public async Task A_namespace_that_someone_made_again_is_not_ours(CancellationToken cancellationToken)
    {
        var owner = Owner();
        await owner.CreateAsync(cancellationToken);
        _cluster.Namespace = Someone("else");

        await owner.RemoveAsync(cancellationToken);

        Assert.That(Deletions(), Is.Empty);
    }

    [Test]
    public async Task A_namespace_whose_creation_was_interrupted_is_removed_all_the_same(CancellationToken cancellationToken)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cluster.Before = what =>
        {
            if (what.StartsWith("POST", StringComparison.Ordinal))
            {
                _cluster.Namespace = Someone("run-1");
                interrupted.Cancel();
            }
        };
        var owner = Owner();

        await Assert.ThatAsync(() => owner.CreateAsync(interrupted.Token), Throws.InstanceOf<OperationCanceledException>());
        await owner.RemoveAsync(cancellationToken);

        Assert.That(_cluster.Namespace, Is.Null);
    }

    [Test]
    public async Task Nothing_is_removed_that_was_never_created(CancellationToken cancellationToken)
    {
        await Owner().RemoveAsync(cancellationToken);

        Assert.That(_cluster.Requests, Is.Empty);
    }

    [TestCase(403, "is not allowed: the \"test\" says so. Grant the credentials the right, or choose others with --context.")]
    [TestCase(401, "is not allowed: the \"test\" says so. Grant the credentials the right, or choose others with --context.")]
    [TestCase(422, "failed: the \"test\" says so. Check the name given with --namespace, and the cluster.")]
    [TestCase(500, "failed: the \"test\" says so. Check the name given with --namespace, and the cluster.")]
    public async Task What_the_API_server_says_is_told_whole(int status, string problem, CancellationToken cancellationToken)
    {
        _cluster.Refusals["POST /namespaces"] = (status, 1);

        await Assert.ThatAsync(
            () => Owner().CreateAsync(cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment)
                .And.Message.EqualTo($"Creating namespace 'secrets' {problem}"));
    }

    [Test]
    public async Task A_removal_that_is_refused_is_told_with_the_command_to_do_it_by_hand(CancellationToken cancellationToken)
    {
        var owner = Owner();
        await owner.CreateAsync(cancellationToken);
        _cluster.Refusals["DELETE /secrets"] = (403, 1);

        await Assert.ThatAsync(
            () => owner.RemoveAsync(cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                "Namespace 'secrets' could not be removed: the \"test\" says so. Remove it by hand with 'kubectl delete namespace secrets'."));
    }

    [Test]
    public async Task A_namespace_that_stays_is_told_with_its_phase(CancellationToken cancellationToken)
    {
        var owner = Owner();
        await owner.CreateAsync(cancellationToken);
        _cluster.Before = _ => _cluster.Namespace = Someone("run-1");

        await Assert.ThatAsync(
            () => owner.RemoveAsync(cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Message.EqualTo(
                "Waiting for namespace 'secrets' to be gone took longer than 00:01:00. Last seen: it is Terminating. Remove it by hand with 'kubectl delete namespace secrets'."));
    }

    private NamespaceOwner Owner() => new(_cluster.Client, FakeNamespace.Name, "run-1", new Wait(new FastTime()));

    private IEnumerable<string> Deletions() => _cluster.Requests.Where(request => request.StartsWith("DELETE", StringComparison.Ordinal)).Select(request => request.Split('?')[0]);

    private static V1Namespace Someone(string run) => new()
    {
        ApiVersion = "v1",
        Kind = "Namespace",
        Metadata = new V1ObjectMeta { Name = FakeNamespace.Name, Labels = new Dictionary<string, string> { [RunLabels.Run] = run } },
        Status = new V1NamespaceStatus { Phase = "Terminating" },
    };
}
