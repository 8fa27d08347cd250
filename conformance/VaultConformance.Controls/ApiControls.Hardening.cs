using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Api;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Switches of the server.</summary>
public sealed partial class ApiControls
{
    [Control(
        "API-8", 1, Requirement.Should,
        ValueKeys =
        [
            $"{ChartValues.Standalone}#deny_slash", $"{ChartValues.Raft}#deny_slash", $"{ChartValues.Ha}#deny_slash", "server.image.tag",
            ChartValues.ProductVariable + "DISABLE_USER_LOCKOUT",
        ],
        Evidence = [StateMembers.Version, "endpoints: clock", "api-mounts: authMethods[]"])]
    public async Task Switches_that_harden_the_server_are_on()
    {
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
            var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
            var product = servers.Select(server => server.Product?.Name).OfType<string>().FirstOrDefault() ?? string.Empty;
            Report(
                pod.Name,
                RuntimeHardening.JudgeConfiguration(state, await pod.FindAsync(ObservationKinds.WriteAttempts, cancellationToken)));
            Report(pod.Name, RuntimeHardening.JudgeVersion(product, state.Version));
            Report(pod.Name, servers.SelectMany(server => RuntimeHardening.JudgeEnvironment(server, pod.Admitted, pod.Container)));
        });
        await JudgePartAsync(Subjects.Release, async () => Report(
            Subjects.Release, RuntimeHardening.JudgeMethods(await Target.ObserveAsync(ObservationKinds.VaultMounts, Cancellation))));
        List<ServerClock?> clocks = [];
        foreach (var pod in await Target.FindServerPodsAsync(Cancellation))
        {
            clocks.Add((await pod.FindAsync(ObservationKinds.Endpoints, Cancellation))?.Clock);
        }

        Report(Subjects.Release, RuntimeHardening.JudgeClocks(clocks));
    }
}
