using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Deployment;

/// <summary>How far a deployment has come. A deployment that failed half-way still can be observed as far as it came.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Installed">The release; null before Helm installed it.</param>
/// <param name="Servers">Opens API clients; null before that.</param>
/// <param name="Bootstrap">What the bootstrap left; null before it ended.</param>
internal sealed record DeploymentState(
    ClusterFacts Cluster, InstalledRelease? Installed = null, ServerConnections? Servers = null, BootstrapResult? Bootstrap = null);
