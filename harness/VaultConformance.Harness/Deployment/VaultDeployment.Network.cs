using VaultConformance.Harness.Probes.Network.Reach;

namespace VaultConformance.Harness.Deployment;

/// <summary>The second namespace of a deployment, from which the servers are tried.</summary>
public sealed partial class VaultDeployment
{
    private SecondNamespace? _second;

    private ReachServices CreateReach() => new(
        token => _relay is { } relay
            ? relay.OpenAsync(token)
            : throw new HarnessException(FailureKind.Environment, "There is no relay pod in the namespace of the release."),
        token => _second is { } second
            ? second.OpenPodAsync(token)
            : throw new HarnessException(
                FailureKind.Environment, _options.SecondNamespaceForbidden ?? "The release did not come up, so that nothing was tried."));

    private async Task RemoveSecondAsync()
    {
        if (_second is not null)
        {
            await _second.RemoveAsync(_options.ClusterIsThrownAway);
            _second.Dispose();
        }
    }
}
