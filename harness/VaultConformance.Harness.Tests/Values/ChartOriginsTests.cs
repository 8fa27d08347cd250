using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Tests.Values;

/// <summary>What charts know of the values of their subcharts.</summary>
public sealed class ChartOriginsTests
{
    private const string Twice = "dependencies:\n- {name: vault, version: 1.0.0, alias: first}\n- {name: vault, version: 1.0.0, alias: second}\n- {name: other, version: 1.0.0, alias: packed}\n";

    [TestCase("", "vault")]
    [TestCase("dependencies:\n- {name: vault, version: 1.0.0}\n", "vault")]
    [TestCase("dependencies:\n- name: vault\n  version: 1.0.0\n  alias: secrets\n", "secrets")]
    [TestCase("dependencies:\n- alias: \"secrets\"\n  name: vault\n", "secrets")]
    [TestCase(Twice, "first")]
    [TestCase(Twice, "second")]
    [TestCase("dependencies: [{\n", "vault")]
    public void Values_of_a_subchart_lie_under_its_alias(string dependencies, string key)
    {
        var origins = Read(dependencies);

        Assert.That(origins.Find([key, "server", "image"]), Is.EqualTo(ValueFacts.FromValues));
        Assert.That(origins.Find([key, "server", "asked"]), Is.EqualTo(ValueFacts.FromTemplates));
        Assert.That(origins.Find([key, "server", "unknownKey"]), Is.Null);
    }

    [Test]
    public void A_name_that_has_an_alias_is_no_key() =>
        Assert.That(Read("dependencies:\n- {name: vault, version: 1.0.0, alias: secrets}\n").Find(["vault", "server", "image"]), Is.Null);

    [Test]
    public void Of_a_subchart_that_is_packed_nothing_is_known_but_its_key() =>
        Assert.That((Read(Twice).Find(["packed", "anything"]), Read(Twice).Find(["other", "anything"])), Is.EqualTo((ValueFacts.FromSubchart, (string?)null)));

    [Test]
    public void Subcharts_of_subcharts_lie_below_them()
    {
        var origins = new ChartOrigins(
        [
            new ChartFile("Chart.yaml", "dependencies:\n- {name: platform, version: 1.0.0, alias: p}\n"),
            new ChartFile("charts/platform/Chart.yaml", "dependencies:\n- {name: vault, version: 1.0.0, alias: v}\n"),
            new ChartFile("charts/platform/charts/vault/values.yaml", "server: {image: {}}\n"),
        ]);

        Assert.That((origins.Find(["p", "v", "server", "image"]), origins.Find(["p", "v", "serve"])), Is.EqualTo((ValueFacts.FromValues, (string?)null)));
    }

    private static ChartOrigins Read(string dependencies) => new(
    [
        new ChartFile("Chart.yaml", "name: umbrella\nversion: 1.0.0\n" + dependencies),
        new ChartFile("charts/vault/Chart.yaml", "name: vault\nversion: 1.0.0\n"),
        new ChartFile("charts/vault/values.yaml", "server:\n  image:\n    tag: a\n"),
        new ChartFile("charts/vault/templates/a.yaml", "{{ .Values.server.asked }}\n"),
    ]);
}
