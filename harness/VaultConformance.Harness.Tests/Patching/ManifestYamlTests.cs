using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Harness.Patching;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class ManifestYamlTests
{
    [TestCase("true", "true")]
    [TestCase("yes", "true")]
    [TestCase("\"yes\"", "\"yes\"")]
    [TestCase("off", "false")]
    [TestCase("~", "null")]
    [TestCase("0640", "416")]
    [TestCase("0o640", "416")]
    [TestCase("288", "288")]
    [TestCase("0x1F", "31")]
    [TestCase("089", "89")]
    [TestCase("1.5", "1.5")]
    [TestCase("100m", "\"100m\"")]
    [TestCase("1.2.3", "\"1.2.3\"")]
    [TestCase("'8200'", "\"8200\"")]
    [TestCase("99999999999999999999999", "1E+23")]
    [TestCase("|\n  a\n  b\n", "\"a\\nb\\n\"")]
    [TestCase("|-\n  a\n  b\n", "\"a\\nb\"")]
    public void A_scalar_has_the_type_that_kubernetes_gives_it(string yaml, string json)
    {
        var value = ((JsonObject)ManifestYaml.Read("v: " + yaml, "text").Single())["v"];

        Assert.That(value?.ToJsonString() ?? "null", Is.EqualTo(json));
    }

    [Test]
    public void Any_text_survives_being_written_and_read_again()
    {
        var pieces = Gen.Elements("a", " ", "\n", "\t", "\"", "'", "\\", ":", "#", "- ", "{{", "}}", "|", "é", "\u0085", "\u2028", "\uFEFF", "\u0001", "😀", "0", "true", "null", "~", "---", "%", "@", "*x", "&y");
        var texts = pieces.ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, Survives).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool Survives(string text)
    {
        var node = new JsonObject { ["k"] = text, [text] = new JsonArray(text, new JsonObject { ["n"] = text, ["m"] = new JsonArray(new JsonArray(text)) }, new JsonArray(), new JsonObject(), null, 1.5, true) };
        return JsonNode.DeepEquals(ManifestYaml.Read(ManifestYamlWriter.Write(node), "text").Single(), node);
    }
}
