using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Tests.Helm;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>What chart and values cannot come to is told before anything is started.</summary>
[Platform("Linux", Reason = "The program that plays Helm is a shell script.")]
public sealed class ReleasePreviewTests
{
    private const string Server =
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault}
        spec: {template: {metadata: {labels: {component: server}}, spec: {containers: [{name: vault}]}}}
        """;

    private FakeHelm _helm = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => (_helm, _folder) = (new FakeHelm(), new TemporaryFolder());

    [TearDown]
    public void Remove()
    {
        _helm.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_chart_that_wants_a_newer_Kubernetes_is_told_with_the_clusters_that_would_do()
    {
        _helm.Answer("template", "", "Error: chart requires kubeVersion: >= 1.30.0-0 which is incompatible with Kubernetes v1.20.2\n", 1);

        await Assert.ThatAsync(
            () => CheckAsync("1.20.2"),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration).And.Message.EqualTo(
                "Chart 'vault' 0.34.1 does not work on K3s node 'x', which is Kubernetes 1.20.2. Helm says: Error: chart requires kubeVersion: >= 1.30.0-0 which is incompatible with "
                + "Kubernetes v1.20.2. Give a node of a version that the chart takes with --k3s-image (rancher/k3s has one for each), or an existing cluster with --kubeconfig and --context."));
        Assert.That(_helm.Calls[^1], Is.SupersetOf((string[])["--kube-version", "1.20.2"]));
    }

    [Test]
    public async Task A_refusal_of_another_kind_stays_what_it_is()
    {
        _helm.Answer("template", "", "Error: execution error at (vault/templates/server.yaml:1:4): redundancy zones need Kubernetes 1.35\n", 1);

        await Assert.ThatAsync(() => CheckAsync("1.20.2"), Throws.TypeOf<HelmCommandException>().With.Message.Contains("redundancy zones need Kubernetes 1.35"));
    }

    [Test]
    public async Task Values_that_make_no_server_are_told()
    {
        _helm.Answer("template", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: injector}\n");

        await Assert.ThatAsync(() => CheckAsync(null), Throws.TypeOf<HarnessException>().With.Message.Contains("there is no Vault server to test"));
        Assert.That(_helm.Calls[^1], Has.None.EqualTo("--kube-version"));
    }

    [Test]
    public async Task A_release_with_a_server_passes()
    {
        _helm.Answer("template", Server);

        await Assert.ThatAsync(() => CheckAsync("1.34.1"), Throws.Nothing);
    }

    private async Task CheckAsync(string? version)
    {
        var options = new DeploymentOptions
        {
            RunId = "run-1",
            Chart = new Chart(ChartReference.Parse("oci://registry/vault"), "/charts/vault", "vault", "0.34.1", "2.0.4", "00"),
            ValuesFiles = [_helm.Values("values.yaml")],
            WorkFolder = _folder.Path,
            EvidenceFolder = _folder.Path,
        };
        await new ReleasePreview(await _helm.OpenAsync(CancellationToken.None), options).CheckAsync(version, "K3s node 'x'", CancellationToken.None);
    }
}
