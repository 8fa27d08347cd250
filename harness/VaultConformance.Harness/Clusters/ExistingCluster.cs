using k8s;

namespace VaultConformance.Harness.Clusters;

/// <summary>A cluster of someone else's. The harness owns one namespace in it and touches nothing else.</summary>
public sealed class ExistingCluster : IKubernetesCluster
{
    private ExistingCluster(string description, string kubeconfigPath, IKubernetes client)
    {
        Description = description;
        KubeconfigPath = kubeconfigPath;
        Client = client;
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

    /// <summary>Looks whether the API server of the context answers, before anything is fetched for the run.</summary>
    /// <param name="kubeconfig">Kubeconfig file; it is only read.</param>
    /// <param name="context">Context, as for <see cref="OpenAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="HarnessException">The file or the context is not there, or the API server does not answer.</exception>
    public static async Task CheckAsync(string kubeconfig, string context, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("vault-conformance-check-").FullName;
        try
        {
            await using var _ = await OpenAsync(kubeconfig, context, state, cancellationToken);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    /// <summary>Opens a cluster by kubeconfig and context.</summary>
    /// <param name="kubeconfig">Kubeconfig file; it is only read.</param>
    /// <param name="context">Context; <c>current</c> takes the file's current one, which is never assumed.</param>
    /// <param name="stateFolder">Private folder for a copy that holds only this context.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="HarnessException">The file or the context is not there, or the API server does not answer.</exception>
    public static async Task<ExistingCluster> OpenAsync(
        string kubeconfig, string context, string stateFolder, CancellationToken cancellationToken)
    {
        var single = await KubeconfigFile.LoadSingleContextAsync(kubeconfig, context, cancellationToken);
        var path = Path.Combine(stateFolder, $"kubeconfig-{Guid.NewGuid():N}");
        Kubernetes? client = null;
        try
        {
            await KubeconfigFile.WritePrivateAsync(path, single.Yaml, cancellationToken);
            client = Connect(path, single.Name, kubeconfig);
            await AnswersAsync(client, single.Name, kubeconfig, cancellationToken);
            return new ExistingCluster($"context '{single.Name}'", path, client);
        }
        catch
        {
            client?.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        File.Delete(KubeconfigPath);
        return ValueTask.CompletedTask;
    }

    // Loading runs exec plugins and reads the files of certificates; whatever they throw, the user's credentials cannot be used.
    private static Kubernetes Connect(string path, string context, string kubeconfig)
    {
        try
        {
            return new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));
        }
        catch (Exception exception)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Cluster and credentials of context '{context}' cannot be used: {exception.Message.TrimEnd('.')}. Correct them in "
                    + $"'{kubeconfig}', or choose another context with --context.",
                exception);
        }
    }

    private static async Task AnswersAsync(Kubernetes client, string context, string kubeconfig, CancellationToken cancellationToken)
    {
        try
        {
            await client.Version.GetCodeAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = ApiFailure.IsRefusal(exception) ? "refuses the credentials" : "does not answer";
            throw new HarnessException(
                FailureKind.Environment,
                $"The API server of context '{context}' {problem}: {ApiFailure.DescribeReason(exception)}. Check the cluster and the "
                    + $"credentials in '{kubeconfig}'.",
                exception);
        }
    }
}
