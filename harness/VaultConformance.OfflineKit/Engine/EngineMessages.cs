using VaultConformance.Harness;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>What a user is told when there is no engine and none can or may be set up.</summary>
internal static class EngineMessages
{
    public static HarnessException CreateChosenEngineSilent(EngineStatus.Unreachable seen) => seen.Endpoint.IsSsh
        ? new HarnessException(
            FailureKind.Environment,
            $"DOCKER_HOST is '{UrlUsers.Replace($"{seen.Endpoint}")}', and engines over SSH are not supported. Forward the engine's socket "
                + "('ssh -L /tmp/docker.sock:/var/run/docker.sock HOST') and set DOCKER_HOST=unix:///tmp/docker.sock, or unset it.")
        : CreateFailure(seen, "DOCKER_HOST chose this engine, so none is set up here. Start it, or unset DOCKER_HOST.");

    public static HarnessException CreateForbidden(EngineStatus.Unreachable seen, string user) => new(
        FailureKind.Environment,
        $"The user '{user}' may not talk to the Docker engine at {seen.Endpoint}: {seen.Reason}. Run as root, or add the user to the "
            + $"group 'docker' ('sudo usermod --append --groups docker {user}') and log in again.");

    public static HarnessException CreateMissing(EngineStatus.Unreachable seen, bool installed, LinuxHost host) => CreateFailure(
        seen,
        $"{(host.IsRoot ? "A run" : "A run as root")} {(installed ? "starts" : "installs and starts")} one, unless --no-setup forbids it. "
            + $"By hand: run {DescribeCommands(installed, host, host.IsRoot ? "" : "sudo ")}.");

    public static HarnessException CreateSetupForbidden(EngineStatus.Unreachable seen, bool installed, LinuxHost host) => CreateFailure(
        seen, $"Setting one up is forbidden by --no-setup. Run {DescribeCommands(installed, host, host.IsRoot ? "" : "sudo ")}, or run "
            + "without --no-setup as root.");

    public static HarnessException CreateNotRoot(EngineStatus.Unreachable seen, bool installed, LinuxHost host) => CreateFailure(
        seen, $"Setting one up needs root. Run {DescribeCommands(installed, host, "sudo ")}, or run this command as root.");

    public static HarnessException CreateUnknownSystem(EngineStatus.Unreachable seen) => CreateFailure(
        seen, "It can be set up automatically on Debian and Ubuntu only. Install and start a Docker engine, or give an existing cluster "
            + "with --kubeconfig.");

    private static HarnessException CreateFailure(EngineStatus.Unreachable seen, string advice) =>
        new(
            FailureKind.Environment,
            $"No Docker engine answers at {UrlUsers.Replace($"{seen.Endpoint}")}: {UrlUsers.Replace(seen.Reason)}. {advice}");

    private static string DescribeCommands(bool installed, LinuxHost host, string prefix)
    {
        var start = host.HasSystemd ? $"'{prefix}systemctl start docker'" : $"'{prefix}dockerd' in a terminal of its own";
        return installed ? start : $"'{prefix}apt-get install --yes {EnginePackage.Name}' and {start}";
    }
}
