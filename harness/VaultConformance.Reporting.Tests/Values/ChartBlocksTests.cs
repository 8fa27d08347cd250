using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

public sealed class ChartBlocksTests
{
    [Test]
    public void Every_block_is_one_that_the_chart_leaves_to_the_user()
    {
        var chart = ValuesFile.Parse("values.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "chart-values.yaml")));

        foreach (var key in ChartBlocks.Keys)
        {
            Assert.That(new MergedValues([chart]).Find(key.Split('.'))?.Value, Is.InstanceOf<ValuesMap>().With.Property("Entries").Empty, key);
        }
    }

    [TestCase("server.resources", true)]
    [TestCase("server.resources.limits", true)]
    [TestCase("server.resourcesOfOthers", false)]
    [TestCase("server", false)]
    public void What_is_in_a_block_is_told_from_what_only_sounds_like_it(string key, bool isIn) => Assert.That(ChartBlocks.Contain(key), Is.EqualTo(isIn));
}
