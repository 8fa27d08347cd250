using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>Keys and switches without the effect that somebody expects are reported: Helm ignores them in silence.</summary>
public sealed class UnknownKeysTests
{
    private const string Defaults = """
        global: {enabled: true, tlsDisable: true}
        injector: {enabled: "-"}
        server:
          enabled: "-"
          annotations: {}
          extraEnvironmentVars: {}
          ha: {enabled: false, raft: {enabled: false}}
          readinessProbe: {enabled: true}
        ui: {}
        """;

    private static readonly ChartShape Shape = new(
        "chart 'vault' 0.34.1",
        ["csi", "global", "injector", "server", "serverTelemetry", "ui"],
        new HashSet<string> { "server.hostAliases", "ui.type" },
        ValuesFile.Parse("values.yaml", Defaults));

    [Test]
    public void Values_of_a_chart_that_contains_this_one_are_told_where_they_belong()
    {
        Assert.That(Describe("vault:\n  server: {}\n  global: {}\n"), Is.EqualTo((string[])[
            "'vault' (values.yaml line 1) is not a key of chart 'vault' 0.34.1 (these values seem to be for a chart that contains this one; move 'global', 'server' to the top level); the chart ignores it."]));
    }

    [TestCase("server: {}\nsever:\n  ha: {}\n", "'sever' (values.yaml line 2) is not a key of chart 'vault' 0.34.1 (did you mean 'server'?); the chart ignores it.")]
    [TestCase("server:\n  readinessProb: {}\n", "'server.readinessProb' (values.yaml line 2) is not a key of chart 'vault' 0.34.1 (did you mean 'server.readinessProbe'?); the chart ignores it.")]
    [TestCase("global:\n  tlsDisabled: false\n", "'global.tlsDisabled' (values.yaml line 2) is not a key of chart 'vault' 0.34.1 (did you mean 'global.tlsDisable'?); the chart ignores it.")]
    [TestCase("prometheusRules: {}\n", "'prometheusRules' (values.yaml line 1) is not a key of chart 'vault' 0.34.1; the chart ignores it.")]
    public void A_misspelt_key_is_told_with_the_nearest_real_one(string text, string sentence) => Assert.That(Describe(text), Is.EqualTo((string[])[sentence]));

    [TestCase("server: {}\nglobal: {}\n")]
    [TestCase("x-anchors: &a {}\nserver: {}\n")]
    [TestCase("# nothing\n")]
    [TestCase("a: [\n")]
    [TestCase("server:\n  annotations: {my-own: x}\n  extraEnvironmentVars: {ANY: x}\n", TestName = "Free-form maps take any key")]
    [TestCase("server:\n  hostAliases: []\n", TestName = "A key that only a template asks for")]
    [TestCase("ui:\n  anything: 1\n", TestName = "A section without keys of its own takes any")]
    [TestCase("csi:\n  anything: 1\n", TestName = "A section that the chart's values do not show takes any")]
    public void Nothing_is_said_where_there_is_nothing_to_say(string text) => Assert.That(Describe(text), Is.Empty);

    [Test]
    public void Of_a_chart_that_cannot_be_read_nothing_is_said() =>
        Assert.That(UnknownKeys.Describe([ValuesFile.Parse("values.yaml", "sever: {}\n")], ChartShape.Unknown), Is.Empty);

    [TestCase("server:\n  ha:\n    enabled: \"tru\"\n", "'server.ha.enabled' (values.yaml line 3) is 'tru'; the chart expects true or false (did you mean 'true'?).")]
    [TestCase("injector: {enabled: never}\n", "'injector.enabled' (values.yaml line 1) is 'never'; the chart expects true or false.")]
    [TestCase("b: &b {enabled: flase}\nserver: {ha: {raft: *b}}\n", "'server.ha.raft.enabled' (values.yaml line 1) is 'flase'; the chart expects true or false (did you mean 'false'?).")]
    public void A_switch_that_is_neither_on_nor_off_is_told(string text, string sentence) => Assert.That(Switches(text), Is.EqualTo((string[])[sentence]));

    [TestCase("server: {enabled: true, ha: {enabled: \"false\"}}\n")]
    [TestCase("server: {enabled: \"-\", ha: {enabled: yes}}\n")]
    [TestCase("server: {enabled: null, annotations: {enabled: maybe}}\n")]
    public void Other_switches_are_left_alone(string text) => Assert.That(Switches(text), Is.Empty);

    private static IReadOnlyList<string> Describe(string text) => UnknownKeys.Describe([ValuesFile.Parse("values.yaml", text)], Shape);

    private static IReadOnlyList<string> Switches(string text) => WrongSwitches.Describe([ValuesFile.Parse("values.yaml", text)], Shape);
}
