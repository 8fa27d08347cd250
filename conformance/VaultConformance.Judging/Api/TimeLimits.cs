using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.Api;

/// <summary>Whether tokens and leases end soon: what mounts allow, and what roles give.</summary>
/// <param name="mounts">What the server has.</param>
/// <param name="parameters">The limits.</param>
internal sealed class TimeLimits(VaultMounts mounts, ProfileParameters parameters)
{
    // They hand out nothing that a lease would end; the maximum of pki bounds certificates, not leases.
    private static readonly string[] WithoutLeases = ["kv", "generic", "transit", "pki", "totp", "ssh", "system", "identity", "cubbyhole"];

    /// <summary>Judges mounts and roles.</summary>
    public IEnumerable<Judgement> Judge() =>
    [
        .. mounts.AuthMethods.SelectMany(JudgeMethod),
        .. mounts.Engines.Where(engine => !WithoutLeases.Contains(engine.Type))
            .SelectMany(
                engine => JudgeMount($"secrets engine {engine.Path}", engine.Settings).Select(judgement => judgement.AsRecommendation())),
        .. BuiltInMounts.JudgeWhole(mounts),
        .. mounts.Gaps.Select(gap => Judgement.Unknown("all auth methods and engines", "seen", gap)),
    ];

    private IEnumerable<Judgement> JudgeMethod(AuthMethodFacts method) =>
    [
        .. JudgeMount($"auth method {method.Path}", method.Settings),
        .. method.RolesProblem is { } problem
            ? [Judgement.Unknown($"roles of auth method {method.Path}", "all read", problem)]
            : Array.Empty<Judgement>(),
        .. (method.Roles ?? []).SelectMany(role => JudgeRole(method, role)),
    ];

    private IEnumerable<Judgement> JudgeMount(string name, MountSettings settings) =>
    [
        JudgeTime($"default TTL of {name}", settings.DefaultTtl, parameters.MaximumDefaultTtlSeconds),
        JudgeTime($"maximum TTL of {name}", settings.MaximumTtl, parameters.MaximumTtlSeconds),
    ];

    // A role cannot give more than its mount allows, and gives what the mount gives where it says nothing.
    private IEnumerable<Judgement> JudgeRole(AuthMethodFacts method, AuthRole role)
    {
        var name = $"role {method.Path}{role.Path}";
        var own = RoleSettings.ReadSeconds(role, "token_ttl", "ttl");
        var longest = RoleSettings.ReadSeconds(role, "token_max_ttl", "max_ttl");
        var period = RoleSettings.ReadSeconds(role, "token_period", "period");
        var maximum = Bound(longest, method.Settings.MaximumTtl);
        yield return JudgeTime(
            $"TTL of {name}", Bound(own is 0 ? method.Settings.DefaultTtl : own, maximum), parameters.MaximumDefaultTtlSeconds);
        yield return JudgeTime($"maximum TTL of {name}", maximum, parameters.MaximumTtlSeconds);
        yield return JudgePeriod(name, period);
        if (RoleSettings.ReadText(role, "token_type") == "batch")
        {
            yield return Judgement.Advised(
                $"type of the tokens of {name}", false, "tokens that can be revoked", "batch tokens, which cannot be revoked");
        }
    }

    private static long? Bound(long? seconds, long? maximum) => (seconds, maximum) switch
    {
        (null, _) => null,
        (0, _) => maximum,
        (_, null) => null,
        var (given, most) => Math.Min(given.Value, most.Value),
    };

    private static Judgement JudgePeriod(string name, long? period) => period is null
        ? Judgement.Unknown($"period of {name}", "none", "the server answers something that is not a time")
        : Judgement.Of($"period of {name}", period == 0, "none", period == 0 ? "none" : Describe(period.Value))
            .Saying($"Tokens of {name} are periodic: whoever renews them keeps them for ever.");

    private static Judgement JudgeTime(string fact, long? seconds, int limit)
    {
        var expected = $"at most {Describe(limit)}";
        return seconds switch
        {
            null => Judgement.Unknown(fact, expected, "the server does not say it"),
            0 => Judgement.Unknown(fact, expected, "the server answers 0, which stands for a default of its own"),
            var time => Judgement.Of(fact, time <= limit, expected, Describe(time.Value))
                .Saying($"The {fact} is {Describe(time.Value)}, more than {Describe(limit)}."),
        };
    }

    /// <summary>Seconds in words.</summary>
    internal static string Describe(long seconds) => seconds % 3600 == 0 && seconds > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h")
        : seconds % 60 == 0 && seconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
}
