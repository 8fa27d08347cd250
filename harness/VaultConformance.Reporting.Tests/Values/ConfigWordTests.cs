using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>Words in a server's configuration, however it was put into the values file.</summary>
public sealed class ConfigWordTests
{
    private const string Key = "server.standalone.config#tls_min_version";

    [TestCase("|")]
    [TestCase("|-")]
    [TestCase("|+")]
    [TestCase(">")]
    [TestCase(">-  # tls_min_version = \"no\"")]
    [TestCase("|2-")]
    public void A_block_of_any_style_keeps_its_lines(string sign) =>
        Assert.That(
            Find($"server:\n  standalone:\n    config: {sign}\n      ui = true\n\n      listener \"tcp\" {{\n          tls_min_version = \"tls10\"\n      }}\n"),
            Is.EqualTo([new DeclaredValue(Key, "values.yaml", 7, "tls_min_version = \"tls10\"")]));

    [Test]
    public void A_quoted_text_over_several_lines_keeps_its_lines() =>
        Assert.That(
            Find("server:\n  standalone:\n    config: \"{\\\"listener\\\": {\\\"tcp\\\": {\n\n      \\\"tls_min_version\\\": \\\"tls10\\\"}}}\"\n").Single(),
            Is.EqualTo(new DeclaredValue(Key, "values.yaml", 5, "block of 2 lines")));

    [Test]
    public void Json_on_one_line_is_found_and_not_shown() =>
        Assert.That(
            Find("server:\n  standalone:\n    config: '{\"listener\": {\"tcp\": {\"token\": \"hvs.x\", \"tls_min_version\": \"tls10\"}}}'\n").Single(),
            Is.EqualTo(new DeclaredValue(Key, "values.yaml", 3, "block of 1 line")));

    [Test]
    public void Json_in_a_block_is_shown_like_any_assignment() =>
        Assert.That(
            Find("server:\n  standalone:\n    config: |\n      {\"listener\": [{\"tcp\": {\n        \"tls_min_version\": \"tls12\",\n        \"x\": 1}}]}\n").Single(),
            Is.EqualTo(new DeclaredValue(Key, "values.yaml", 5, "tls_min_version = \"tls12\"")));

    [TestCase("# tls_min_version = 1")]
    [TestCase("// tls_min_version = 1")]
    [TestCase("/* tls_min_version = 1 */")]
    [TestCase("/*\n      tls_min_version = 1\n      */")]
    [TestCase("my_tls_min_version = 1")]
    [TestCase("tls_min_version_2 = 1")]
    [TestCase("tls-tls_min_version = 1")]
    public void Comments_and_other_words_do_not_count(string line) =>
        Assert.That(
            Find($"server:\n  standalone:\n    config: |\n      {line}\n      ui = true\n").Single().Text, Does.EndWith("without tls_min_version"));

    [Test]
    public void What_follows_the_block_does_not_count() =>
        Assert.That(
            Find("server:\n  standalone:\n    config: |\n      ui = true\n    # tls_min_version = \"tls10\"\n  note: tls_min_version = \"tls10\"\n").Single(),
            Is.EqualTo(new DeclaredValue("server.standalone.config", "values.yaml", 3, "block of 1 line without tls_min_version")));

    [Test]
    public void An_assignment_comes_before_a_mention() =>
        Assert.That(
            Find("server:\n  standalone:\n    config: |\n      note = \"see tls_min_version\"\n      tls_min_version = \"tls12\" # password: no\n").Single(),
            Is.EqualTo(new DeclaredValue(Key, "values.yaml", 5, "tls_min_version = \"tls12\"")));

    [Test]
    public void A_stanza_is_found_and_not_shown() =>
        Assert.That(
            new ValuesLocator([ValuesFile.Parse("values.yaml", "server:\n  standalone:\n    config: |\n      storage \"raft\" {\n        retry_join {\n        }\n      }\n")])
                .Find(["server.standalone.config#retry_join"]).Single(),
            Is.EqualTo(new DeclaredValue("server.standalone.config#retry_join", "values.yaml", 5, "block of 4 lines")));

    [Test]
    public void An_alias_of_a_block_leads_to_the_block() =>
        Assert.That(
            Find("config: &config |\n  ui = true\n  tls_min_version = \"tls10\"\nserver:\n  standalone:\n    config: *config\n").Single().Line, Is.EqualTo(3));

    [Test]
    public void Wherever_the_word_stands_in_a_block_its_line_is_found() =>
        Prop.ForAll<(byte Before, byte After, bool Folded, bool Last)>(shape =>
        {
            var (before, after, folded, last) = shape;
            var lines = Enumerable.Range(0, before).Select(number => number % 3 == 0 ? "" : $"          key{number} = {number}")
                .Append("          tls_min_version = \"tls12\"")
                .Concat(Enumerable.Range(0, after).Select(number => number % 4 == 1 ? "" : $"          other{number} = {number}"));
            var text = $"server:\n  standalone:\n    config: {(folded ? ">" : "|")}\n          first = 1\n{string.Join('\n', lines)}{(last ? "" : "\n  more: tls_min_version = 3\n")}";
            return Find(text).Single() == new DeclaredValue(Key, "values.yaml", before + 5, "tls_min_version = \"tls12\"");
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private static IReadOnlyList<DeclaredValue> Find(string text) => new ValuesLocator([ValuesFile.Parse("values.yaml", text)]).Find([Key]);
}
