using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Api;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>How the server is configured after it was unsealed.</summary>
[Family]
public sealed class ApiControls : ControlFixture
{
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
}
