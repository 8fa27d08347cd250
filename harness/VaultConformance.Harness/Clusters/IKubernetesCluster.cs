using k8s;

namespace VaultConformance.Harness.Clusters;

/// <summary>Where Vault runs. Disposal removes what the harness created, and nothing else.</summary>
public interface IKubernetesCluster : IAsyncDisposable
{
    /// <summary>Kind as in <see cref="Observations.ClusterFacts.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>For people, for example the image of the node or the context.</summary>
    string Description { get; }

    /// <summary>Client for the API server.</summary>
    IKubernetes Client { get; }

    /// <summary>Private file (mode 0600) that holds exactly one context, for Helm.</summary>
    string KubeconfigPath { get; }

    /// <summary>Settings of the node that are part of what is under test, for example <c>ulimit core=0:0</c>.</summary>
    IReadOnlyList<string> NodeSettings { get; }
}

/// <summary>A cluster whose node can be checked from outside the pods.</summary>
public interface INodeAccess
{
    /// <summary>Runs a command on the node.</summary>
    /// <param name="command">Program and arguments; no secrets.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>Exit code and output.</returns>
    Task<NodeCommandResult> RunOnNodeAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}

/// <summary>What a command on the node did.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="StandardOutput">Standard output.</param>
/// <param name="StandardError">Standard error.</param>
public sealed record NodeCommandResult(long ExitCode, string StandardOutput, string StandardError);
