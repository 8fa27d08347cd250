using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Tests.Helm;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>What a deployment leaves on a cluster of someone else's.</summary>
[Platform("Linux", Reason = "The program that plays Helm is a shell script.")]
[CancelAfter(30_000)]
public sealed class VaultDeploymentRemovalTests
{
    private const string Rendered =
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault}
        spec:
          serviceName: vault-internal
          template:
            metadata: {labels: {component: server}}
            spec: {containers: [{name: vault, image: "vault:1"}]}
        """;

    private readonly RecordedProgress _progress = new();
    private FakeNamespace _cluster = null!;
    private FakeHelm _helm = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public async Task Start()
    {
        _cluster = await FakeNamespace.StartAsync();
        _folder = new TemporaryFolder();
        _helm = new FakeHelm().Answer("template", Rendered).Answer("install", "", "Error: INSTALLATION FAILED: clusterrolebindings is forbidden\n", 1);
    }

    [TearDown]
    public async Task Stop()
    {
        _helm.Dispose();
        _folder.Dispose();
        await _cluster.DisposeAsync();
    }

    [Test]
    public async Task An_install_that_failed_half_way_is_uninstalled_because_not_everything_lies_in_the_namespace(CancellationToken cancellationToken)
    {
        await FailAndRemoveAsync(cancellationToken);

        Assert.That(_helm.Calls[^1], Is.EqualTo((string[])["uninstall", "vault", "--namespace", FakeNamespace.Name, "--kubeconfig", "/private/kube config"]));
        Assert.That(_cluster.Namespace, Is.Null);
    }

    [Test]
    public async Task A_removal_that_Helm_refuses_is_told_and_the_namespace_goes_all_the_same(CancellationToken cancellationToken)
    {
        _helm.Answer("uninstall", "", "Error: Kubernetes cluster unreachable\n", 1);

        await FailAndRemoveAsync(cancellationToken);

        Assert.That(_cluster.Namespace, Is.Null);
        Assert.That(
            _progress.Events.Where(item => item.Kind == ProgressKind.Notice).Select(item => item.Message),
            Is.EqualTo((string[])[
                "Release 'vault' was not removed by Helm: 'helm uninstall' ended with exit code 1. Last seen: Error: Kubernetes cluster unreachable. "
                + "Objects outside the namespace may be left."]));
    }

    [Test]
    public async Task A_release_that_never_came_to_be_is_not_complained_about(CancellationToken cancellationToken)
    {
        _helm.Answer("uninstall", "", "Error: uninstall: Release not loaded: vault: release: not found\n", 1);

        await FailAndRemoveAsync(cancellationToken);

        Assert.That(_progress.Events, Has.None.With.Property(nameof(ProgressEvent.Kind)).EqualTo(ProgressKind.Notice));
    }

    [Test]
    public async Task A_namespace_of_someone_else_keeps_its_releases(CancellationToken cancellationToken)
    {
        _cluster.Namespace = new k8s.Models.V1Namespace { Metadata = new k8s.Models.V1ObjectMeta { Name = FakeNamespace.Name } };

        await using (var deployment = await DeploymentAsync(cancellationToken))
        {
            await Assert.ThatAsync(() => deployment.StartAsync(cancellationToken), Throws.TypeOf<HarnessException>().With.Message.Contains("exists already"));
        }

        Assert.That(_helm.Calls, Is.Empty);
        Assert.That(_cluster.Namespace, Is.Not.Null);
    }

    [Test]
    public async Task What_the_API_server_refuses_on_the_way_is_told_in_its_own_words(CancellationToken cancellationToken)
    {
        _cluster.Before = what =>
        {
            if (what.StartsWith("POST /api/v1/namespaces", StringComparison.Ordinal))
            {
                _cluster.Refusals["GET /apis"] = (403, int.MaxValue);
            }
        };
        await using var deployment = await DeploymentAsync(cancellationToken);

        await Assert.ThatAsync(
            () => deployment.StartAsync(cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment).And.Message.EqualTo(
                "The API server did not do what the run needs: the \"test\" says so. Check the cluster, and what the credentials may do in namespace 'secrets'."));
    }

    private async Task FailAndRemoveAsync(CancellationToken cancellationToken)
    {
        var deployment = await DeploymentAsync(cancellationToken);
        await Assert.ThatAsync(() => deployment.StartAsync(cancellationToken), Throws.TypeOf<HelmCommandException>().With.Message.Contains("clusterrolebindings is forbidden"));
        await deployment.DisposeAsync();
    }

    private async Task<VaultDeployment> DeploymentAsync(CancellationToken cancellationToken)
    {
        var chart = new Chart(ChartReference.Parse("oci://registry/vault"), "/charts/vault", "vault", "0.34.1", "2.0.4", "00");
        var options = new DeploymentOptions
        {
            RunId = "run-1",
            Namespace = FakeNamespace.Name,
            Chart = chart,
            ValuesFiles = [_helm.Values("values.yaml")],
            WorkFolder = _folder.Path,
            EvidenceFolder = _folder.Path,
        };
        return new VaultDeployment(
            new FakeCluster(_cluster.Client), await _helm.OpenAsync(cancellationToken), options, new HarnessServices(_progress, TimeProvider.System, new HttpVaultApiFactory()));
    }
}
