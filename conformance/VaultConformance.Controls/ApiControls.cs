using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Api;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>How the server is configured after it was unsealed.</summary>
[Family]
public sealed partial class ApiControls : ControlFixture
{
    [Control(
        "API-1", 1, Requirement.Must,
        Evidence = ["tokens: tokens[]", "tokens: firstRootToken", "tokens: rootGeneration"])]
    public Task Nobody_holds_a_root_token() => JudgeServersAsync(async cancellationToken =>
    {
        Report(Subjects.Release, RootTokens.Judge(await Target.ObserveAsync(ObservationKinds.Tokens, cancellationToken)));
        foreach (var pod in await Target.FindServerPodsAsync(cancellationToken))
        {
            await JudgePartAsync(pod.Name, async () => Report(pod.Name, await ListDevelopmentAsync(pod, cancellationToken)));
        }
    });

    [Control(
        "API-3", 1, Requirement.Must,
        Evidence = ["api-mounts: authMethods[]", "api-mounts: engines[]", "api-mounts: openlyListed"])]
    public Task Only_declared_auth_methods_and_secrets_engines_are_enabled() => JudgeServersAsync(async cancellationToken => Report(
        Subjects.Release,
        new DeclaredMounts(await Target.ObserveAsync(ObservationKinds.VaultMounts, cancellationToken), Parameters).Judge()));

    [Control(
        "API-4", 1, Requirement.Must,
        ValueKeys = [$"{ChartValues.Standalone}#_lease_ttl", $"{ChartValues.Raft}#_lease_ttl", $"{ChartValues.Ha}#_lease_ttl"],
        Evidence = ["api-mounts: authMethods[]", "api-mounts: engines[]"])]
    public Task Tokens_and_leases_end_soon() => JudgeServersAsync(async cancellationToken => Report(
        Subjects.Release,
        new TimeLimits(await Target.ObserveAsync(ObservationKinds.VaultMounts, cancellationToken), Parameters).Judge()));

    [Control(
        "API-5", 1, Requirement.Should,
        Evidence = ["policies: policies[]", "policies: holders[]"])]
    public Task Policies_are_few_used_and_narrow() => JudgeServersAsync(async cancellationToken => Report(
        Subjects.Release,
        new NarrowPolicies(
            await Target.ObserveAsync(ObservationKinds.Policies, cancellationToken),
            await Target.ObserveAsync(ObservationKinds.VaultMounts, cancellationToken),
            await Target.ObserveAsync(ObservationKinds.Tokens, cancellationToken),
            Parameters.AdminPolicies).Judge()));

    [Control(
        "API-6", 1, Requirement.Must,
        ValueKeys =
        [
            $"{ChartValues.Standalone}#unauthenticated", $"{ChartValues.Raft}#unauthenticated", $"{ChartValues.Ha}#unauthenticated",
            "server.dev.enabled",
        ],
        Evidence = ["endpoints: endpoints[]", StateMembers.Listeners])]
    public Task Nothing_is_told_without_a_token() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
        var endpoints = await pod.ObserveAsync(ObservationKinds.Endpoints, cancellationToken);
        var product = servers.Select(server => server.Product?.Name).OfType<string>().FirstOrDefault() ?? string.Empty;
        Report(pod.Name, new OpenEndpoints(endpoints, product, state.Version, Parameters.UnauthenticatedMetrics).Judge());
        Report(pod.Name, ServerSwitches.JudgeExposure(state, Parameters.UnauthenticatedMetrics));
        Report(pod.Name, DevelopmentServer.JudgeArguments(servers));
    });

    [Control(
        "API-7", 1, Requirement.Should,
        ValueKeys =
        [
            $"{ChartValues.Standalone}#ui", $"{ChartValues.Raft}#ui", $"{ChartValues.Ha}#ui", "server.logLevel",
            ChartValues.ProductVariable + "LOG_LEVEL",
        ],
        Evidence = ["endpoints: uiStatus", "endpoints: headers"])]
    public Task No_undeclared_user_interface_is_shown_and_answers_protect_browsers() => JudgeEachServerPodAsync(
        async (pod, cancellationToken) =>
        {
            var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
            Report(pod.Name, UiAndHeaders.Judge(
                await pod.ObserveAsync(ObservationKinds.Endpoints, cancellationToken),
                await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken),
                Parameters.Ui,
                servers.SelectMany(server => LogLevels.List(server, pod.Admitted, pod.Container))));
        });

    private static async Task<IEnumerable<Judging.Judgement>> ListDevelopmentAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        return servers.SelectMany(server => DevelopmentServer.JudgeToken(server, pod.Admitted, pod.Container));
    }
}
