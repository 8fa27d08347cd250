using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Vault;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Deployment;

[CancelAfter(20_000)]
public sealed class SecondNamespaceTests
{
    private const string Accounts = $"/api/v1/namespaces/{FakeNamespace.Name}/serviceaccounts";

    private readonly RecordedProgress _progress = new();
    private FakeNamespace _cluster = null!;

    [SetUp]
    public async Task Start() => _cluster = await FakeNamespace.StartAsync();

    [TearDown]
    public async Task Stop() => await _cluster.DisposeAsync();

    [TestCase("vault", "vault-second")]
    [TestCase("vault-conformance-20261129-101112-abcd", "vault-conformance-20261129-101112-abcd-second")]
    [TestCase("a123456789-a123456789-a123456789-a123456789-a123456789-a1234567", "a123456789-a123456789-a123456789-a123456789-a123456789-a-second")]
    [TestCase("a123456789-a123456789-a123456789-a123456789-a123456789--a123456", "a123456789-a123456789-a123456789-a123456789-a123456789-second")]
    public void Its_name_follows_from_that_of_the_first_and_is_short_enough(string first, string second)
    {
        Assert.That(SecondNamespace.CreateName(first), Is.EqualTo(second));
        Assert.That(second, Has.Length.LessThanOrEqualTo(63));
    }

    [Test]
    public async Task It_carries_the_labels_of_its_run_and_goes_with_it(CancellationToken cancellationToken)
    {
        using var second = Open();
        await Assert.ThatAsync(() => second.OpenPodAsync(cancellationToken), Throws.TypeOf<HarnessException>().With.Message.Contains("could not be created in namespace 'secrets'"));
        Assert.That(_cluster.Namespace!.Metadata.Labels["vaultconformance.dev/run"], Is.EqualTo("run-1"));

        await second.RemoveAsync(clusterIsThrownAway: false);

        Assert.That(_cluster.Namespace, Is.Null);
        Assert.That(_progress.Events, Is.Empty);
    }

    [Test]
    public async Task One_that_exists_already_is_not_taken_and_stays(CancellationToken cancellationToken)
    {
        _cluster.Namespace = new V1Namespace { Metadata = new V1ObjectMeta { Name = FakeNamespace.Name } };

        using var second = Open();
        await Assert.ThatAsync(() => second.OpenPodAsync(cancellationToken), Throws.TypeOf<HarnessException>().With.Message.StartsWith("Namespace 'secrets' exists already."));
        await second.RemoveAsync(clusterIsThrownAway: false);

        Assert.That(_cluster.Namespace, Is.Not.Null);
    }

    [Test]
    public async Task It_is_left_to_a_cluster_that_goes_as_a_whole(CancellationToken cancellationToken)
    {
        using var second = Open();
        await Assert.ThatAsync(() => second.OpenPodAsync(cancellationToken), Throws.TypeOf<HarnessException>());

        await second.RemoveAsync(clusterIsThrownAway: true);

        Assert.That(_cluster.Namespace, Is.Not.Null);
    }

    [Test]
    public async Task What_is_not_removed_is_told_and_stops_nothing(CancellationToken cancellationToken)
    {
        using var second = Open();
        await Assert.ThatAsync(() => second.OpenPodAsync(cancellationToken), Throws.TypeOf<HarnessException>());
        _cluster.Refusals[$"DELETE /{FakeNamespace.Name}"] = (403, int.MaxValue);

        await second.RemoveAsync(clusterIsThrownAway: false);

        Assert.That(_progress.Events.Single().Message, Is.EqualTo(
            "The second namespace was not removed: Namespace 'secrets' could not be removed: the \"test\" says so. Remove it by hand with 'kubectl delete namespace secrets'."));
    }

    private SecondNamespace Open()
    {
        _cluster.Resources[Accounts] = """{"items":[{"metadata":{"name":"default"}}]}""";
        return SecondNamespace.Open(
            _cluster.Client, new RelayPodSpec(FakeNamespace.Name, "vault:1", [], "run-1"), new HarnessServices(_progress, TimeProvider.System, new HttpVaultApiFactory()));
    }
}
