using System.Text.Json.Nodes;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class JsonDifferenceTests
{
    [TestCase("{\"a\":1,\"b\":[1,{\"c\":null}]}", "{\"b\":[1,{\"c\":null}],\"a\":1}", "")]
    [TestCase("{\"a\":1}", "{\"a\":2}", "a: 1, not 2")]
    [TestCase("{\"a\":\"1\"}", "{\"a\":1}", "a: \"1\", not 1")]
    [TestCase("{\"a\":{\"b\":1}}", "{\"a\":{}}", "a.b: 1, not nothing")]
    [TestCase("{}", "{\"a\":null}", "a: nothing, not null")]
    [TestCase("{\"a\":[1,2]}", "{\"a\":[1]}", "a[1]: 2, not nothing")]
    [TestCase("{\"a\":[]}", "{\"a\":{}}", "a: [], not {}")]
    [TestCase("{\"r\":[{\"id\":\"B\",\"x\":1}]}", "{\"r\":[{\"id\":\"A\",\"x\":1},{\"id\":\"B\",\"x\":2}]}", "r[A]: nothing, not {\"id\":\"A\",\"x\":1}; r[B].x: 1, not 2")]
    [TestCase("{\"r\":[{\"id\":\"A\"},{\"id\":\"A\"}]}", "{\"r\":[{\"id\":\"A\"}]}", "r[1]: {\"id\":\"A\"}, not nothing")]
    [TestCase("{\"seconds\":1,\"a\":[{\"seconds\":1}]}", "{\"a\":[{\"seconds\":2}]}", "")]
    public void Every_difference_is_named_with_its_place(string found, string expected, string differences)
    {
        var all = JsonDifference.ListBetween(JsonNode.Parse(found), JsonNode.Parse(expected), name => name != "seconds");

        Assert.That(string.Join("; ", all.Select(one => $"{one.Path}: {one.Found ?? "nothing"}, not {one.Expected ?? "nothing"}")), Is.EqualTo(differences));
    }

    [Test]
    public void Long_and_active_text_is_made_harmless()
    {
        var found = new JsonObject { ["a"] = new string('x', 1000) };

        Assert.That(JsonDifference.ListBetween(found, new JsonObject { ["a"] = "\u001b[31m" }, _ => true).Single(), Is.EqualTo(
            new JsonDifference("a", $"\"{new string('x', 119)}… (1,002 characters)", "\"\\u001B[31m\"")));
    }
}
