using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether a server shows no user interface that nobody declared, and what its answers tell browsers.</summary>
internal static class UiAndHeaders
{
    private const string Expected = "not trace or debug";
    private static readonly string[] Quiet = ["", "info", "warn", "warning", "error", "err", "off", "notice"];

    /// <summary>Judges a server.</summary>
    /// <param name="facts">What it answered.</param>
    /// <param name="state">What it loaded.</param>
    /// <param name="declared">True where the profile declares the user interface.</param>
    /// <param name="levels">Where else the log level may be set, and what is set there.</param>
    public static IEnumerable<Judgement> Judge(
        EndpointFacts facts, VaultServerState state, bool declared, IEnumerable<(string Place, string? Level)> levels)
    {
        yield return JudgeUi(facts.UiStatus, declared);
        yield return JudgeHeader("API", facts.Headers.ApiTransportSecurity);
        if (facts.UiStatus is >= 200 and < 300)
        {
            yield return JudgeHeader("user interface", facts.Headers.UiTransportSecurity);
        }

        yield return JudgeOrigin(facts.Headers.AllowedOrigin);
        yield return state.SanitizedConfig is { } config
            ? JudgeLevel("log level of the configuration", config["log_level"]?.ToString() ?? string.Empty)
            : Judgement.Unknown(
                "log level of the configuration", Expected, state.SanitizedConfigProblem ?? "the configuration was not read");
        foreach (var (place, level) in levels)
        {
            yield return level is null
                ? Judgement.Unknown($"log level {place}", Expected, "what it says could not be read")
                : JudgeLevel($"log level {place}", level);
        }
    }

    /// <summary>Judges a server that does not run yet by what it is to load.</summary>
    /// <param name="state">What it is to load.</param>
    /// <param name="declared">True where the profile declares the user interface.</param>
    /// <param name="levels">Where else the log level is set.</param>
    public static IEnumerable<Judgement> JudgeDeclared(
        VaultServerState state, bool declared, IEnumerable<(string Place, string? Level)> levels)
    {
        if (ServerSwitches.IsOn(state.SanitizedConfig?["enable_ui"]))
        {
            yield return JudgeUi(200, declared);
        }

        yield return JudgeLevel("log level of the configuration", state.SanitizedConfig?["log_level"]?.ToString() ?? string.Empty);
        foreach (var (place, level) in levels.Where(item => item.Level is not null))
        {
            yield return JudgeLevel($"log level {place}", level!);
        }
    }

    private static Judgement JudgeUi(int? status, bool declared)
    {
        const string Fact = "user interface";
        return status switch
        {
            null => Judgement.Unknown(Fact, "off", "the server did not answer"),
            404 => Judgement.Of(Fact, true, "off", "off (HTTP 404)"),
            >= 200 and < 400 => Judgement.Of(Fact, declared, "off", declared ? "on, and declared" : "on")
                .Saying("The user interface is on, and the profile does not declare it (ui)."),
            _ => Judgement.Unknown(Fact, "off", $"HTTP {status}, which says neither"),
        };
    }

    private static Judgement JudgeHeader(string what, string? header) => Judgement.Of(
            $"Strict-Transport-Security of the {what}",
            header is { Length: > 0 } && !header.Contains("max-age=0", StringComparison.Ordinal),
            "set",
            header ?? "not set")
        .Saying($"Answers of the {what} do not tell browsers to stay with TLS (Strict-Transport-Security).");

    private static Judgement JudgeOrigin(string? allowed) => Judgement.Of(
            "pages of other sites that may call the API",
            allowed is not { Length: > 0 },
            "none",
            allowed is { Length: > 0 } ? allowed : "none")
        .Saying($"Pages of any site may call the API (CORS allows '{allowed}').");

    private static Judgement JudgeLevel(string fact, string text)
    {
        var level = text.ToLowerInvariant();
        return level is "trace" or "debug"
            ? Judgement.Of(fact, false, Expected, level).Saying($"The server logs at level {level}, which may show what requests hold.")
            : Quiet.Contains(level)
                ? Judgement.Of(fact, true, Expected, level.Length == 0 ? "not set (info)" : level)
                : Judgement.Unknown(fact, Expected, $"'{text}' is not a level that is known");
    }
}
