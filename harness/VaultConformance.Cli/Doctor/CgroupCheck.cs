namespace VaultConformance.Cli.Doctor;

/// <summary>The version of control groups, which decides how memory controls are judged.</summary>
/// <param name="info">The engine.</param>
internal sealed class CgroupCheck(EngineInfo info) : ICheck
{
    /// <inheritdoc />
    public string Name => "cgroup";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) => (await info.AskAsync(cancellationToken))?.CgroupVersion switch
    {
        "2" => CheckResult.Fine("version 2"),
        "1" => CheckResult.Notable(
            "version 1", "MEM-1 is judged by memory limits here. Kubernetes ends support for version 1; boot the host with systemd.unified_cgroup_hierarchy=1."),
        null or "" => CheckResult.Notable("unknown without an engine", "See the Docker engine."),
        var other => CheckResult.Notable($"version {other}", "This version is not known; MEM-1 may be inconclusive."),
    };
}
