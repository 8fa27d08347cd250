using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>What every part of a deployment needs from outside.</summary>
/// <param name="Progress">Where to report.</param>
/// <param name="Time">Clock.</param>
/// <param name="VaultApi">Makes Vault clients.</param>
public sealed record HarnessServices(IRunProgress Progress, TimeProvider Time, IVaultApiFactory VaultApi)
{
    /// <summary>Waits on the same clock.</summary>
    public Wait Wait { get; } = new(Time);
}
