using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Tests.Config;

public sealed class HclDocumentTests
{
    private const string ChartDefault = """
        ui = true

        listener "tcp" {
          tls_disable = 1
          address = "[::]:8200"
          # Enable unauthenticated metrics access
          #telemetry {
          #  unauthenticated_metrics_access = "true"
          #}
        }
        storage "file" {
          path = "/vault/data"
        }
        disable_mlock = true
        """;

    [Test]
    public void The_charts_default_configuration_reads_as_vault_reads_it()
    {
        var document = HclDocument.Parse(ChartDefault);

        var listener = document.Root.ListStanzas("listener").Single();
        Assert.Multiple(() =>
        {
            Assert.That(document.IsJson, Is.False);
            Assert.That(document.Root.FindValue("ui")?.AsSwitch(), Is.True);
            Assert.That(document.Root.FindValue("disable_mlock"), Is.EqualTo(new HclBool(true, 14)));
            Assert.That(listener.Label, Is.EqualTo("tcp"));
            Assert.That(listener.Line, Is.EqualTo(3));
            Assert.That(listener.Body.FindValue("tls_disable")?.AsSwitch(), Is.True);
            Assert.That(listener.Body.FindValue("address")?.AsText(), Is.EqualTo("[::]:8200"));
            Assert.That(listener.Body.FindValue("telemetry"), Is.Null);
            Assert.That(document.Root.ListStanzas("storage").Single().Label, Is.EqualTo("file"));
            Assert.That(document.Duplicates, Is.Empty);
        });
    }

    [Test]
    public void A_quoted_false_is_a_string_not_a_boolean()
    {
        var value = HclDocument.Parse("""disable_mlock = "false" """).Root.FindValue("disable_mlock");

        Assert.That(value, Is.TypeOf<HclString>());
        Assert.That(value!.AsSwitch(), Is.False);
    }

    [Test]
    public void Every_occurrence_of_a_duplicate_is_shown_with_its_line()
    {
        var document = HclDocument.Parse("""
            disable_mlock = "false"
            listener "tcp" {
              tls_disable = 0
              tls_disable = 1
            }
            listener "tcp" { }
            disable_mlock = true
            """);

        Assert.That(
            document.Duplicates.Select(duplicate => (duplicate.Path, string.Join(',', duplicate.Lines))),
            Is.EqualTo(new[] { ("disable_mlock", "1,7"), ("listener \"tcp\" / tls_disable", "3,4") }));
        Assert.That(document.Root.ListAttributes("disable_mlock"), Has.Count.EqualTo(2));
    }

    [Test]
    public void Json_has_the_same_stanzas_as_hcl()
    {
        var json = HclDocument.Parse("""
            {"disable_mlock": false, "listener": [{"tcp": {"tls_disable": "true"}}, {"tcp": {"address": "a"}}],
             "storage": {"raft": {"path": "/vault/data", "retry_join": [{"leader_api_addr": "https://a"}, {"leader_api_addr": "https://b"}]}},
             "telemetry": {"disable_hostname": true}, "plugin_directory": null}
            """);

        Assert.Multiple(() =>
        {
            Assert.That(json.IsJson);
            Assert.That(json.Root.ListStanzas("listener").Select(listener => listener.Label), Is.EqualTo((string[])["tcp", "tcp"]));
            Assert.That(json.Root.ListStanzas("storage").Single().Body.ListStanzas("retry_join"), Has.Count.EqualTo(2));
            Assert.That(json.Root.ListStanzas("telemetry").Single().Body.FindValue("disable_hostname")?.AsSwitch(), Is.True);
            Assert.That(json.Root.FindValue("plugin_directory"), Is.TypeOf<HclNull>());
        });
    }

    [Test]
    public void Heredocs_lists_objects_comments_and_escapes_are_understood()
    {
        var root = HclDocument.Parse("""
            /* a block
               comment */
            list = [1, "two", true,] // trailing comma
            text = "tab\tquote\" uni\u00e9 ${join(",", "x")}"
            seal "awskms" { purpose = { inner = <<-EOT
              first
              second
              EOT
            } }
            after = -0x1F
            """).Root;

        var purpose = (HclObject)root.ListStanzas("seal").Single().Body.FindValue("purpose")!;
        Assert.Multiple(() =>
        {
            Assert.That(((HclList)root.FindValue("list")!).Items, Has.Count.EqualTo(3));
            Assert.That(root.FindValue("text")?.AsText(), Is.EqualTo("tab\tquote\" unié ${join(\",\", \"x\")}"));
            Assert.That(purpose.Body.FindValue("inner")?.AsText(), Is.EqualTo("  first\n  second\n"));
            Assert.That(root.ListAttributes("after").Single().Line, Is.EqualTo(10));
        });
    }

    [TestCase("a = ", 1, "expected a value but found the end of the text")]
    [TestCase("a = yes", 1, "expected a value but found a bare word")]
    [TestCase("\n\nlistener \"tcp\" {", 3, "expected a name but found the end of the text")]
    [TestCase("a = \"b\nc\"", 1, "a string that is not closed on its line")]
    [TestCase("a = <<EOF\nb", 1, "a heredoc that is never closed")]
    [TestCase("a = 1\n}", 2, "expected a name but found '}'")]
    [TestCase("/* a", 1, "a comment that is never closed")]
    [TestCase("{\"a\": 1 \"b\": 2}", 1, "expected ',' or '}' but found a string")]
    [TestCase("{\"a\": 1} x", 1, "expected the end of the text but found a bare word")]
    public void What_cannot_be_read_is_an_error_that_names_the_line_and_quotes_nothing(string text, int line, string problem)
    {
        var exception = Assert.Throws<HclSyntaxException>(() => HclDocument.Parse(text));

        Assert.That((exception!.Line, exception.Problem), Is.EqualTo((line, problem)));
        Assert.That(exception.Message, Is.EqualTo($"The Vault configuration cannot be read: line {line}: {problem}."));
    }

    [Test]
    public void Deep_nesting_is_refused_instead_of_exhausting_the_stack()
    {
        Assert.That(() => HclDocument.Parse("a = " + new string('[', 200_000)), Throws.TypeOf<HclSyntaxException>());
    }
}
