using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>Keys without any effect are told: Helm ignores them in silence.</summary>
public sealed class UnknownKeysTests
{
    private static readonly string[] Known = ["csi", "global", "injector", "server", "serverTelemetry", "ui"];

    [Test]
    public void Values_of_a_chart_that_contains_this_one_are_told_where_they_belong()
    {
        Assert.That(Describe("vault:\n  server: {}\n  global: {}\n"), Is.EqualTo((string[])[
            "'vault' (values.yaml line 1) is not a key of chart 'vault' 0.34.1, which ignores it: these values seem to be for a chart that contains this one; move 'global', 'server' to the top level."]));
    }

    [Test]
    public void A_misspelt_key_is_told_with_the_nearest_real_one()
    {
        Assert.That(Describe("server: {}\nsever:\n  ha: {}\n"), Is.EqualTo((string[])[
            "'sever' (values.yaml line 2) is not a key of chart 'vault' 0.34.1, which ignores it (did you mean 'server'?)."]));
    }

    [Test]
    public void A_key_of_another_world_is_told_without_a_guess()
    {
        Assert.That(Describe("prometheusRules: {}\n"), Is.EqualTo((string[])["'prometheusRules' (values.yaml line 1) is not a key of chart 'vault' 0.34.1, which ignores it."]));
    }

    [TestCase("server: {}\nglobal: {}\n")]
    [TestCase("x-anchors: &a {}\nserver: {}\n")]
    [TestCase("# nothing\n")]
    [TestCase("a: [\n")]
    public void Nothing_is_said_where_there_is_nothing_to_say(string text) => Assert.That(Describe(text), Is.Empty);

    [Test]
    public void Of_a_chart_that_cannot_be_read_nothing_is_said() =>
        Assert.That(UnknownKeys.Describe([ValuesFile.Parse("values.yaml", "sever: {}\n")], [], "chart"), Is.Empty);

    private static IReadOnlyList<string> Describe(string text) => UnknownKeys.Describe([ValuesFile.Parse("values.yaml", text)], Known, "chart 'vault' 0.34.1");
}
