using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>How <c>disable_mlock</c> is decided in configuration texts.</summary>
/// <param name="Occurrences">Every occurrence at the top level: place and value.</param>
/// <param name="Nested">Places of occurrences inside stanzas, where they have no effect but keep the chart from adding its own.</param>
/// <param name="Value">The value when it is given exactly once and is a switch; null otherwise.</param>
internal sealed record MlockDecision(IReadOnlyList<string> Occurrences, IReadOnlyList<string> Nested, bool? Value)
{
    /// <summary>Name of the attribute.</summary>
    public const string Attribute = "disable_mlock";

    private const string Variable = "VAULT_DISABLE_MLOCK";

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

    /// <summary>Looks for the decision.</summary>
    /// <param name="configurations">All texts that are loaded together.</param>
    public static MlockDecision Of(IReadOnlyList<ServerConfiguration> configurations)
    {
        var found = configurations
            .SelectMany(configuration => configuration.Document.Root.AttributesNamed(Attribute).Select(attribute => (configuration.Path, attribute)))
            .ToList();
        var nested = configurations.SelectMany(configuration => configuration.Document.Root.Blocks
            .SelectMany(block => NestedIn(block).Select(attribute => $"{configuration.Path} line {attribute.Line} ({block.Type})")));
        return new MlockDecision(
            [.. found.Select(item => $"{item.Path} line {item.attribute.Line}: {item.attribute.Value.AsText()}")],
            [.. nested],
            found.Count == 1 ? found[0].attribute.Value.AsSwitch() : null);
    }

    /// <summary>Judges what a server loaded, against what it reports.</summary>
    /// <param name="state">What its API says.</param>
    /// <param name="isBao">True for OpenBao, which has no mlock and needs no decision.</param>
    public IEnumerable<Judgement> Judge(VaultServerState state, bool isBao)
    {
        var holds = isBao ? Value ?? Occurrences.Count == 0 : Value is not null;
        yield return Judgement.Of("disable_mlock in the loaded configuration", holds, isBao ? "true or absent" : Expected, Text);
        const string Fact = "disable_mlock as the server reports it";
        if (Value is { } written && !isBao)
        {
            yield return Loaded(state.SanitizedConfig) is { } loaded
                ? Judgement.Of(Fact, loaded == written, Word(written), Word(loaded))
                : Judgement.Unknown(Fact, Word(written), state.SanitizedConfigProblem ?? "the server does not report it");
        }
    }

    /// <summary>The environment must not decide otherwise.</summary>
    /// <param name="container">The container as admitted.</param>
    public Judgement JudgeVariable(V1Container container)
    {
        var variable = container.Env?.LastOrDefault(variable => variable.Name == Variable);
        var consistent = variable is null || (bool.TryParse(variable.Value, out var value) && value == Value);
        return Judgement.Of($"{Variable} in the environment", consistent, "absent or the same decision", variable is null ? "absent" : variable.Value ?? "a reference");
    }

    /// <summary>The value that the server reports to have loaded; null when it does not say.</summary>
    /// <param name="sanitized">The sanitized configuration.</param>
    public static bool? Loaded(JsonObject? sanitized) => sanitized?[Attribute] is JsonValue value && value.TryGetValue<bool>(out var loaded) ? loaded : null;

    private static string Word(bool value) => value ? "true" : "false";

    private static IEnumerable<HclAttribute> NestedIn(HclBlock block) =>
        block.Body.AttributesNamed(Attribute).Concat(block.Body.Blocks.SelectMany(NestedIn));
}
