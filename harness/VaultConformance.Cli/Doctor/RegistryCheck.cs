using VaultConformance.OfflineKit.Building;

namespace VaultConformance.Cli.Doctor;

/// <summary>Whether the container registries of the default images answer.</summary>
/// <param name="reachability">Asks them.</param>
internal sealed class RegistryCheck(RegistryReachability reachability) : ICheck
{
    /// <inheritdoc />
    public string Name => "registry";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var answers = await reachability.AskAsync(RegistryReachability.DefaultRegistries, cancellationToken);
        var found = string.Join("; ", answers.Select(answer => $"{answer.Registry}: {answer.Detail}"));
        return answers.All(answer => answer.Answers)
            ? CheckResult.Fine(found)
            : CheckResult.Notable(found, "A run then goes offline and tests a stand-in. To test Vault, give --k3s-image, --vault-image and --image-archive, or --kubeconfig.");
    }
}
