using k8s;

namespace VaultConformance.Harness.Clusters;

/// <summary>A cluster of someone else's. The harness owns one namespace in it and touches nothing else.</summary>
public sealed class ExistingCluster : IKubernetesCluster
{
    private ExistingCluster(string description, string kubeconfigPath)
    {
        Description = description;
        KubeconfigPath = kubeconfigPath;
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath));
    }

    /// <inheritdoc />
    public string Kind => "existing";

    /// <inheritdoc />
    public string Description { get; }

    /// <inheritdoc />
    public IKubernetes Client { get; }

    /// <inheritdoc />
    public string KubeconfigPath { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> NodeSettings => [];

    /// <summary>Looks whether the kubeconfig has the context, before anything is fetched for the run.</summary>
    /// <param name="kubeconfig">Kubeconfig file; it is only read.</param>
    /// <param name="context">Context, as for <see cref="OpenAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="HarnessException">The file or the context is not there.</exception>
    public static Task CheckAsync(string kubeconfig, string context, CancellationToken cancellationToken) =>
        KubeconfigFile.LoadSingleContextAsync(kubeconfig, context, cancellationToken);

    /// <summary>Opens a cluster by kubeconfig and context.</summary>
    /// <param name="kubeconfig">Kubeconfig file; it is only read.</param>
    /// <param name="context">Context; <c>current</c> takes the file's current one, which is never assumed.</param>
    /// <param name="stateFolder">Private folder for a copy that holds only this context.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="HarnessException">The file or the context is not there, or the API server does not answer.</exception>
    public static async Task<ExistingCluster> OpenAsync(string kubeconfig, string context, string stateFolder, CancellationToken cancellationToken)
    {
        var single = await KubeconfigFile.LoadSingleContextAsync(kubeconfig, context, cancellationToken);
        var path = Path.Combine(stateFolder, $"kubeconfig-{Guid.NewGuid():N}");
        await KubeconfigFile.WritePrivateAsync(path, KubernetesYaml.Serialize(single), cancellationToken);
        var cluster = new ExistingCluster($"context '{single.CurrentContext}'", path);
        try
        {
            await cluster.Client.Version.GetCodeAsync(cancellationToken);
            return cluster;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await cluster.DisposeAsync();
            throw new HarnessException(
                FailureKind.Environment,
                $"The API server of context '{single.CurrentContext}' does not answer: {exception.Message}. Check the cluster and the credentials in '{kubeconfig}'.",
                exception);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        File.Delete(KubeconfigPath);
        return ValueTask.CompletedTask;
    }
}
