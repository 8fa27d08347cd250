using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Memory;

/// <summary>How <c>disable_mlock</c> is decided in configuration texts.</summary>
/// <param name="Occurrences">Every occurrence at the top level: place and value.</param>
/// <param name="Nested">Places of occurrences inside stanzas, where they have no effect but keep the chart from adding its own.</param>
/// <param name="Value">The value when it is given exactly once and is a switch; null otherwise.</param>
internal sealed record MlockDecision(IReadOnlyList<string> Occurrences, IReadOnlyList<string> Nested, bool? Value)
{
    /// <summary>Name of the attribute.</summary>
    public const string Attribute = "disable_mlock";

    private static readonly IReadOnlyList<string> Variables = ServerProduct.ListVariables("DISABLE_MLOCK");

    /// <summary>What is expected, in words.</summary>
    public const string Expected = "exactly one top-level disable_mlock = true or false";

    /// <summary>What is there, in words.</summary>
    public string Text
    {
        get
        {
            var top = Occurrences.Count == 0 ? "no top-level disable_mlock" : string.Join(", ", Occurrences);
            return Nested.Count == 0 ? top : $"{top}; without effect inside a stanza: {string.Join(", ", Nested)}";
        }
    }

    /// <summary>Why it is not a decision, in one sentence.</summary>
    public string Sentence => Occurrences.Count switch
    {
        0 when Nested.Count > 0 => $"disable_mlock has no effect inside a stanza: {ShortList.Join(Nested)}.",
        0 => "The configuration does not set disable_mlock.",
        1 => $"disable_mlock is neither true nor false: {Occurrences[0]}.",
        _ => $"disable_mlock is set more than once: {ShortList.Join(Occurrences)}.",
    };

    /// <summary>Looks for the decision.</summary>
    /// <param name="configurations">All texts that are loaded together.</param>
    public static MlockDecision From(IReadOnlyList<ServerConfiguration> configurations)
    {
        var found = configurations
            .SelectMany(
                configuration => configuration.Document.Root.ListAttributes(Attribute).Select(attribute => (configuration.Path, attribute)))
            .ToList();
        var nested = configurations.SelectMany(configuration => configuration.Document.Root.Blocks
            .SelectMany(block => ListNestedIn(block).Select(attribute => $"{configuration.Path} line {attribute.Line} ({block.Type})")));
        return new MlockDecision(
            [.. found.Select(item => $"{item.Path} line {item.attribute.Line}: {item.attribute.Value.AsText()}")],
            [.. nested],
            found.Count == 1 ? found[0].attribute.Value.AsSwitch() : null);
    }

    /// <summary>Judges what a server was started with, against what it reports itself.</summary>
    /// <param name="state">What its API says.</param>
    /// <param name="development">True for a server in development mode that was given no configuration: only its word counts.</param>
    public IEnumerable<Judgement> Judge(VaultServerState state, bool development)
    {
        const string Fact = "disable_mlock as the server reports it";
        if (development)
        {
            yield return Judgement.Irrelevant(
                "disable_mlock in the loaded configuration", "the server is in development mode and was given no configuration file");
            yield return state.IsOwnWord && FindLoaded(state.SanitizedConfig) is { } built
                ? Judgement.Of(Fact, true, "true or false", FormatWord(built))
                : Judgement.Unknown(Fact, "true or false", state.SanitizedConfigProblem ?? "the server does not report it");
            yield break;
        }

        yield return Judgement.Of("disable_mlock in the loaded configuration", Value is not null, Expected, Text).Saying(Sentence);
        if (Value is { } written)
        {
            yield return JudgeReported(Fact, state, written);
        }
    }

    /// <summary>The environment must not decide otherwise.</summary>
    /// <param name="environment">Environment of the server.</param>
    public IEnumerable<Judgement> JudgeVariables(EffectiveEnvironment environment) => Variables.Select(name =>
    {
        var found = environment.Find(name);
        var fact = $"{name} in the environment";
        const string ExpectedValue = "absent or the same decision";
        return found switch
        {
            { Present: false } => Judgement.Of(fact, true, ExpectedValue, $"absent ({found.Source})"),
            { Value: { } value } =>
                Judgement.Of(fact, value.Length == 0 || (GoSwitch.Parse(value) is { } decision && decision == Value), ExpectedValue, value)
                    .Saying($"{name} is '{value}' in the environment, which is not what the configuration says."),
            { Present: true } => Judgement.Unknown(fact, ExpectedValue, "it is set, but its value is not known"),
            _ => Judgement.Unknown(fact, ExpectedValue, found.Source),
        };
    });

    // A source is never compared with itself: what is known of a standby comes from its files.
    private static Judgement JudgeReported(string fact, VaultServerState state, bool written) => state switch
    {
        { IsOwnWord: true } when FindLoaded(state.SanitizedConfig) is { } loaded =>
            Judgement.Of(fact, loaded == written, FormatWord(written), FormatWord(loaded)).Saying(
                $"The server reports disable_mlock = {FormatWord(loaded)}, but its configuration says {FormatWord(written)}."),
        { Standby: true } =>
            Judgement.Irrelevant(fact, "a standby does not report its configuration; its files, arguments and environment were judged"),
        _ => Judgement.Unknown(fact, FormatWord(written), state.SanitizedConfigProblem ?? "the server does not report it"),
    };

    /// <summary>The value that the server reports to have loaded; null when it does not say.</summary>
    /// <param name="sanitized">The sanitized configuration.</param>
    public static bool? FindLoaded(JsonObject? sanitized) =>
        sanitized?[Attribute] is JsonValue value && value.TryGetValue<bool>(out var loaded) ? loaded : null;

    private static string FormatWord(bool value) => value ? "true" : "false";

    private static IEnumerable<HclAttribute> ListNestedIn(HclBlock block) =>
        block.Body.ListAttributes(Attribute).Concat(block.Body.Blocks.SelectMany(ListNestedIn));
}
