using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.Cli.Doctor;

/// <summary>The Docker engine: whether it answers, and its version.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineCheck(DockerEngine engine) : ICheck
{
    /// <inheritdoc />
    public string Name => "Docker engine";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) => await engine.ProbeAsync(cancellationToken) switch
    {
        EngineStatus.Reachable reachable =>
            CheckResult.Fine($"{reachable.Version} at {reachable.Endpoint} (API {reachable.ApiVersion})"),
        EngineStatus.Silent silent => CheckResult.Notable(
            FormattableString.Invariant($"is there and gave no answer within {silent.Waited.TotalSeconds:0} s"),
            $"The Docker engine at {silent.Endpoint} is busy. A run waits for it within its --timeout and starts none beside it; "
                + "restart it if it stays silent."),
        EngineStatus.Unreachable unreachable when engine.FindDaemon() is { } process && !unreachable.IsForbidden => CheckResult.Notable(
            $"its process {process} runs and does not listen yet",
            $"The Docker engine is starting, or hangs. A run waits for it within its --timeout and starts none beside it."),
        EngineStatus.Unreachable unreachable => CheckResult.Missing(
            unreachable.IsForbidden ? "may not be used" : "does not answer",
            await engine.DescribeRemedyAsync(unreachable, cancellationToken)),
        var other => throw new InvalidOperationException($"unknown engine status {other}"),
    };
}
