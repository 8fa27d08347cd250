using VaultConformance.Harness.Patching;
using VaultConformance.Yaml;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class BlockScalarsTests
{
    [TestCase("config: |\n      \n  ui = true\n", "\nui = true\n")]
    [TestCase("config: |\n  \n  \n  ui = true\n", "\n\nui = true\n")]
    [TestCase("config: |-\n    \n  ui = true\n", "\nui = true")]
    [TestCase("config: >2\n      \n  ui = true\n", "\nui = true\n")]
    [TestCase("config: | # why\n      \n  ui = true\n", "\nui = true\n")]
    [TestCase("config: |\r\n      \r\n  ui = true\r\n", "\nui = true\n")]
    [TestCase("config: |\n  ui = true\n      \n  x\n", "ui = true\n    \nx\n")]
    [TestCase("config: |\n  a |\n      \n  b\n", "a |\n    \nb\n")]
    [TestCase("config: \"a |\"\n", "a |")]
    public void What_Helm_accepts_is_read(string yaml, string value) =>
        Assert.That(ManifestYaml.Read(yaml, "values file")[0]["config"]!.GetValue<string>().ReplaceLineEndings("\n"), Is.EqualTo(value));

    [TestCase("a: b\n\n  \nc: d\n")]
    [TestCase("a: |\n  x\n   \n  y\n")]
    [TestCase("# text: |\n   \na: b\n")]
    [TestCase("a: >\n  x\nb: |\n  y |\n    \n  z\n")]
    [TestCase("")]
    public void Nothing_else_is_changed(string yaml) => Assert.That(BlockScalars.Repair(yaml), Is.EqualTo(yaml));

    [Test]
    public void Lines_keep_their_numbers()
    {
        const string Text = "a: |\n     \n  x\nb:\n- |\n      \n      \n  y\n";

        Assert.That(BlockScalars.Repair(Text).Split('\n'), Has.Length.EqualTo(Text.Split('\n').Length));
    }
}
