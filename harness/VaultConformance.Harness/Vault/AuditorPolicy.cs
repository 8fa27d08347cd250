namespace VaultConformance.Harness.Vault;

/// <summary>The policy of the auditor: the least that observations need.</summary>
internal static class AuditorPolicy
{
    public const string Name = "vault-conformance-auditor";

    /// <summary>HCL text. Reading the sanitised configuration needs sudo on no supported version; nothing here can write.</summary>
    public const string Text =
        """
        path "sys/config/state/sanitized" { capabilities = ["read"] }
        path "auth/token/lookup-self" { capabilities = ["read"] }
        path "auth/token/revoke-self" { capabilities = ["update"] }
        """;

    private const int StepsAtMost = 10;
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(30);

    /// <summary>TTL of the auditor's token: longer than a run, short enough to expire by itself.</summary>
    /// <param name="step">Longest time of a step; a run is a few of them.</param>
    public static TimeSpan ComputeTimeToLive(TimeSpan step) => step * StepsAtMost > Least ? step * StepsAtMost : Least;
}
