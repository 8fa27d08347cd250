using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Api;

/// <summary>Switches of the server that make attacks harder, and whether it has the fixes of its line.</summary>
internal static class RuntimeHardening
{
    private const string SlashSwitch = "deny_slash_in_templated_paths";
    private static readonly string[] WithPasswords = ["approle", "ldap", "userpass"];

    /// <summary>Judges what a server loaded.</summary>
    /// <param name="state">What it loaded.</param>
    /// <param name="attempts">Where it could write; null when that was not tried.</param>
    public static IEnumerable<Judgement> JudgeConfiguration(VaultServerState state, WriteAttempts? attempts)
    {
        if (state.SanitizedConfig is not { } config)
        {
            yield return Judgement.Unknown("hardening switches", "on", state.SanitizedConfigProblem ?? "the configuration was not read");
            yield break;
        }

        yield return Judgement.None(
                "user lockout that the configuration switches off",
                (config["user_lockout_configs"] as JsonArray ?? []).OfType<JsonObject>()
                    .Where(block => ServerSwitches.IsOn(block["disable_lockout"])).Select(block => block["type"]?.ToString() ?? "all"))
            .Saying(found => $"The configuration switches the user lockout off ({found}), so that passwords can be guessed.");
        yield return JudgePlugins(config["plugin_directory"]?.ToString() ?? string.Empty, attempts);
        yield return config.ContainsKey(SlashSwitch)
            ? Judgement.Of(SlashSwitch, ServerSwitches.IsOn(config[SlashSwitch]), "true", config[SlashSwitch]?.ToString() ?? "null")
                .Saying($"Names of entities may hold slashes, which widen policies with templates ({SlashSwitch} is not true).")
            : Judgement.Irrelevant(SlashSwitch, "this server does not report the switch");
    }

    /// <summary>Judges whether a server has the fixes of its line.</summary>
    /// <param name="product">Name of the product.</param>
    /// <param name="version">Version as it reports it.</param>
    public static Judgement JudgeVersion(string product, string version)
    {
        const string Fact = "version of the server";
        var floors = ServerVersions.BuiltIn.ListFloors(product);
        if (floors.Count == 0)
        {
            return Judgement.Irrelevant(Fact, $"no fixed versions of {product} are known to this program");
        }

        if (VaultVersion.TryParse(version) is not { } known)
        {
            return Judgement.Unknown(Fact, "one with the known fixes", $"'{version}' is not understood");
        }

        var floor = floors.FirstOrDefault(candidate => candidate.Major == known.Major && candidate.Minor == known.Minor);
        var holds = floor is null ? known.ComparePrecedenceTo(floors[^1]) > 0 : known.ComparePrecedenceTo(floor) >= 0;
        return Judgement.Of(Fact, holds, $"at least {floor ?? floors[^1]}", version)
            .Saying($"The server is of version {version}, which lacks known fixes; use {floor ?? floors[^1]} or a newer one.");
    }

    /// <summary>Judges whether the environment switches the lockout off.</summary>
    /// <param name="server">The server.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">Its container.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(ProcessFacts server, V1Pod pod, V1Container container)
    {
        var environment = new EffectiveEnvironment(server, pod, container);
        foreach (var name in ServerProduct.ListVariables("DISABLE_USER_LOCKOUT"))
        {
            var variable = environment.Find(name);
            yield return variable switch
            {
                { Present: null } => Judgement.Unknown($"{name} in the environment", "not on", environment.Unreadable),
                { Present: true, Value: null } => Judgement.Unknown($"{name} in the environment", "not on", "its value is not known"),
                _ => Judgement.Of($"{name} in the environment", !IsOn(variable.Value), "not on", variable.Value ?? "not set")
                    .Saying($"{name} switches the user lockout off, so that passwords can be guessed."),
            };
        }
    }

    /// <summary>Judges whether auth methods switch the lockout off.</summary>
    /// <param name="mounts">The auth methods.</param>
    public static Judgement JudgeMethods(VaultMounts mounts) => Judgement.None(
            "auth methods without user lockout",
            mounts.AuthMethods
                .Where(method => WithPasswords.Contains(method.Type) && method.LockoutDisabled == true)
                .Select(method => method.Path))
        .Saying(found => $"Passwords can be guessed at these auth methods, because their user lockout is off: {found}.");

    /// <summary>Judges whether the clocks of the servers agree. They tell whole seconds, so that less than two are no difference.</summary>
    /// <param name="clocks">The clock of each pod; null where it was not told.</param>
    public static Judgement JudgeClocks(IReadOnlyList<ServerClock?> clocks)
    {
        const string Fact = "difference of the servers' clocks";
        if (clocks.Any(clock => clock is null))
        {
            return Judgement.Unknown(Fact, "less than 2 s", "a server did not say its time");
        }

        var offsets =
            clocks.Select(clock => (DateTimeOffset.FromUnixTimeSeconds(clock!.ServerSeconds) - clock.SeenAt).TotalSeconds).ToList();
        var difference = offsets.Max() - offsets.Min();
        var own = offsets.Max(Math.Abs);
        return Judgement.Of(
                Fact, difference < 2 && (clocks.Count > 1 || own < 2), "less than 2 s", string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(difference, clocks.Count > 1 ? 0 : own):0.0} s"))
            .Saying("The clocks of the servers differ, so that tokens and certificates end too early or too late.");
    }

    private static Judgement JudgePlugins(string folder, WriteAttempts? attempts)
    {
        const string Fact = "plugin directory";
        const string Expected = "not set, or not writable for the server";
        if (folder.Length == 0)
        {
            return Judgement.Of(Fact, true, Expected, "not set");
        }

        return attempts?.Attempts.FirstOrDefault(attempt => attempt.Directory.TrimEnd('/') == folder.TrimEnd('/')) is { } attempt
            ? Judgement.Of(Fact, attempt.Result != WriteResult.Written, Expected, $"{folder}: {attempt.Result}")
                .Saying($"The server can write its plugin directory {folder}, and run what it wrote there.")
            : Judgement.Unknown(Fact, Expected, $"{folder}, of which it was not tried whether it is writable");
    }

    private static bool IsOn(string? value) => value is not null && ServerSwitches.IsOn(JsonValue.Create(value));
}
