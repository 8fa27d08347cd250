namespace VaultConformance.Cli.Doctor;

/// <summary>Whether the engine can run the privileged container that a node is.</summary>
/// <param name="info">The engine.</param>
internal sealed class PrivilegedCheck(EngineInfo info) : ICheck
{
    /// <inheritdoc />
    public string Name => "privileged";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await info.AskAsync(cancellationToken) is not { } answer)
        {
            return CheckResult.Notable("unknown without an engine", "See the Docker engine.");
        }

        var options = answer.SecurityOptions ?? [];
        return options.Any(option => option.Contains("name=rootless", StringComparison.Ordinal))
            ? CheckResult.Missing("the engine is rootless", "A K3s node needs a privileged container: use an engine that runs as root, or an existing cluster with --kubeconfig.")
            : CheckResult.Fine($"the engine runs as root{(options.Count == 0 ? "" : $" ({string.Join("; ", options)})")}");
    }
}
