using VaultConformance.Harness;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Doctor;

/// <summary>The Docker engine: whether it answers, and its version.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineCheck(DockerEngine engine) : ICheck
{
    /// <inheritdoc />
    public string Name => "Docker engine";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        switch (await engine.ProbeAsync(cancellationToken))
        {
            case EngineStatus.Reachable reachable:
                return CheckResult.Fine($"{reachable.Version} at {reachable.Endpoint} (API {reachable.ApiVersion})");
            case EngineStatus.Silent silent:
                return CheckResult.Notable(
                    FormattableString.Invariant($"is there and gave no answer within {silent.Waited.TotalSeconds:0} s"),
                    $"The Docker engine at {silent.Endpoint} is busy. A run waits for it within its --timeout and starts none beside it; "
                        + "restart it if it stays silent.");
        }

        try
        {
            await engine.EnsureAsync(SetupPolicy.Forbid, new Silence(), cancellationToken);
            return CheckResult.Fine("answers");
        }
        catch (HarnessException exception)
        {
            // What is said to someone who forbids set-up is exactly what there is to do by hand.
            return CheckResult.Missing("does not answer", exception.Message);
        }
    }

    private sealed class Silence : IRunProgress
    {
        public void Report(ProgressEvent progressEvent)
        {
        }
    }
}
