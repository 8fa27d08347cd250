using k8s;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>A cluster that is not the harness's own.</summary>
internal sealed class FakeCluster(IKubernetes client) : IKubernetesCluster
{
    public string Kind => "existing";

    public string Description => "made up";

    public IKubernetes Client => client;

    public string KubeconfigPath => "/private/kube config";

    public IReadOnlyList<string> NodeSettings => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
