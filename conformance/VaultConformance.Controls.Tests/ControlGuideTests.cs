using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Controls.Tests;

/// <summary>The pages of the controls are read by people and by the report.</summary>
public sealed class ControlGuideTests
{
    private static readonly IReadOnlyList<ControlDescriptor> Controls = [.. ControlCatalogue.BuiltIn.Controls.Select(ControlCatalogue.BuiltIn.Documented)];

    private static IEnumerable<TestCaseData> YamlSnippets =>
        from control in Controls
        from snippet in control.Guide?.Snippets ?? []
        where snippet.Language == "yaml"
        select new TestCaseData(snippet.Text).SetArgDisplayNames(control.Id.ToString());

    [TestCaseSource(nameof(Controls))]
    public void Every_control_says_why_it_matters_in_plain_text(ControlDescriptor control)
    {
        Assert.That(control.Guide, Is.Not.Null);
        Assert.That(control.Guide!.Why, Is.Not.Empty.And.Not.Contains("**").And.Not.Contains("`").And.Not.Contains("\n"));
    }

    [Test]
    public void The_pages_hold_what_to_paste() => Assert.That(
        Controls.Where(control => control.Guide!.Snippets.Count > 0).Select(control => control.Id.ToString()),
        Is.SupersetOf(new[] { "FS-1", "ID-1", "MEM-1", "TLS-1", "TLS-2" }));

    [TestCaseSource(nameof(YamlSnippets))]
    public void Every_yaml_snippet_is_a_mapping_that_parses(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));

        Assert.That(stream.Documents.Select(document => document.RootNode), Has.All.InstanceOf<YamlMappingNode>().And.Not.Empty);
    }

    [Test]
    public void Every_snippet_names_its_language() =>
        Assert.That(Controls.SelectMany(control => control.Guide!.Snippets).Select(snippet => snippet.Language), Has.All.AnyOf("yaml", "hcl", "sh", "json"));

    [Test]
    public void Only_blocks_after_the_remediation_are_to_paste()
    {
        var guide = ControlGuides.Parse("""
            # SAM: sample

            ## SAM-1 Something holds

            **Why:** `it` *matters*, and
            **much** so: 2 * 3.

            **Traps:** never do this:

            ```yaml
            bad: true
            ```

            **Remediation:** do this:

            ```yaml
            good: true
            ```

            or this:

            ```hcl
            also = "good"
            ```

            **Sources:** none.

            ## What is no control

            **Why:** it does not count.

            ## SAM-2 Something else holds

            Nothing is said.
            """).ToDictionary();

        Assert.That(guide.Keys.Select(id => id.ToString()), Is.EqualTo(new[] { "SAM-1", "SAM-2" }));
        Assert.That(guide[ControlId.Parse("SAM-1")].Why, Is.EqualTo("It matters, and much so: 2 * 3."));
        Assert.That(guide[ControlId.Parse("SAM-1")].Snippets, Is.EqualTo(new[] { new GuideSnippet("yaml", "good: true\n"), new GuideSnippet("hcl", "also = \"good\"\n") }));
        Assert.That(guide[ControlId.Parse("SAM-2")].Why, Is.Empty);
        Assert.That(guide[ControlId.Parse("SAM-2")].Snippets, Is.Empty);
    }

    [Test]
    public async Task Results_of_a_run_carry_the_guide()
    {
        var results = await new ReleaseEvidence().JudgeAsync();

        Assert.That(results.Values.Select(result => result.Control.Guide?.Why), Has.All.Not.Null.And.All.Not.Empty);
    }
}
