using VaultConformance.Controls.Pages;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Framework;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Pages;

/// <summary>A page of controls is read strictly: what is missing is told by file and line.</summary>
public sealed class ControlPageTests
{
    private const string Page = "# SAM: samples\n\nA word before.\n\n" + SamplePages.Section + "## What is no control\n\n**Why:** it does not count.\n";

    [Test]
    public void Title_sources_remediation_and_reason_are_plain_text()
    {
        var page = Read(Page).Find(ControlId.Parse("SAM-1"))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Title, Is.EqualTo("Something holds"));
            Assert.That(page.Guide.Why, Is.EqualTo("It matters, and much so: 2 * 3."));
            Assert.That(page.Remediation, Is.EqualTo("Set good: [*.x], see FS-1. Nothing else does it."));
            Assert.That(page.Source, Is.EqualTo("Docs, good; none else"));
            Assert.That(page.Place, Is.EqualTo("SAM.md, line 5"));
        }
    }

    [Test]
    public void Only_blocks_after_the_remediation_are_to_paste() => Assert.That(
        Read(Page).Find(ControlId.Parse("SAM-1"))!.Guide.Snippets,
        Is.EqualTo(new[] { new GuideSnippet("yaml", "good: true\n"), new GuideSnippet("hcl", "also = \"good\"\n") }));

    [Test]
    public void A_heading_within_a_block_is_no_heading() =>
        Assert.That(Read(Page.Replace("bad: true", "## SAM-2 Bad", StringComparison.Ordinal)).Ids, Is.EqualTo(new[] { ControlId.Parse("SAM-1") }));

    [Test]
    public void Line_endings_do_not_matter() => Assert.That(
        Read(Page.ReplaceLineEndings("\r\n")).Find(ControlId.Parse("SAM-1"))!.Remediation, Is.EqualTo("Set good: [*.x], see FS-1. Nothing else does it."));

    [TestCase("**Why:**", "Why:", "SAM.md, line 5: SAM-1 says nothing in the part **Why:**; it begins with a paragraph of text")]
    [TestCase("**Sources:** *Docs*, `good`; none else.", "**Sources:**", "SAM.md, line 5: SAM-1 says nothing in the part **Sources:**")]
    [TestCase("**Remediation:** set `good: [*.x]`, see\n[FS-1](FS.md#fs-1). Nothing else does it.\n", "**Remediation:**\n", "SAM.md, line 5: SAM-1 says nothing in the part **Remediation:**")]
    [TestCase("**Requires (MUST):** something holds.\n\n", "", "SAM.md, line 5: SAM-1 says nothing in the part **Requires:**")]
    [TestCase("**Mended by:** decision. Only you know.\n\n", "", "SAM.md, line 5: SAM-1 says nothing in the part **Mended by:**")]
    [TestCase("decision. Only", "magic. Only", "SAM.md, line 5: SAM-1 has a part 'Mended by' that is not 'KIND [as ID] [with ID] [after ID]. What to do.', with a kind of values, patch, node, image, certificate, setup, decision")]
    [TestCase("decision. Only", "decision: Only", "SAM.md, line 5: SAM-1 has a part 'Mended by' that is not 'KIND")]
    [TestCase("decision. Only", "values. Only", "SAM.md, line 5: SAM-1 has 0 blocks '```yaml fix' in its remediation, expected 1")]
    [TestCase("```yaml\ngood", "```yaml fix\ngood", "SAM.md, line 5: SAM-1 has 1 blocks '```yaml fix' in its remediation, expected 0")]
    [TestCase("decision. Only", "values as SAM-9. Only", "SAM.md, line 5: SAM-1 is mended as or with SAM-9, which has no block '```yaml fix' of its own")]
    [TestCase("**Observed:**", "**Seen:**", "SAM.md, line 12: SAM-1 has an unknown part 'Seen'; known parts: Requires, Why, Observed, Remediation, Mended by, Sources, Traps, What nobody can tell")]
    [TestCase("**Traps:**", "**Why:**", "SAM.md, line 14: SAM-1 has the part 'Why' twice")]
    [TestCase("## SAM-1 Something holds", "## SAM-1", "SAM.md, line 5: the title of SAM-1 must be a sentence in plain text without a full stop")]
    [TestCase("Something holds", "Something holds.", "SAM.md, line 5: the title of SAM-1 must be a sentence")]
    [TestCase("Something holds", "`Something` holds", "SAM.md, line 5: the title of SAM-1 must be a sentence")]
    [TestCase("## SAM-1", "## SAM-01", "SAM.md, line 5: 'SAM-01' is not an id of a control")]
    [TestCase("## SAM-1", "## FS-1", "SAM.md, line 5: FS-1 belongs on the page FS.md")]
    [TestCase("## What is no control", "## SAM-1 Once more", "SAM.md, line 36: SAM-1 says nothing in the part **Requires:**, **Observed:**, **Remediation:**, **Mended by:**, **Sources:**")]
    public void What_is_missing_is_told_by_file_and_line(string right, string wrong, string problem)
    {
        var text = Page.Replace(right, wrong, StringComparison.Ordinal);

        Assert.That(text, Is.Not.EqualTo(Page));
        Assert.That(() => Read(text), Throws.InvalidOperationException.With.Message.StartsWith("The pages of the controls are not complete:\n  ").And.Message.Contains($"\n  {problem}"));
    }

    [Test]
    public void A_control_is_described_once() => Assert.That(
        () => Read(Page + SamplePages.Section), Throws.InvalidOperationException.With.Message.EndsWith("\n  SAM.md, line 39: SAM-1 is already described in SAM.md, line 5"));

    [Test]
    public void A_control_without_a_page_is_refused() => Assert.That(
        () => ControlCatalogue.From([typeof(SampleControls<int>)], Read(Page)),
        Throws.InvalidOperationException.With.Message.EqualTo("SAM-2 has no page. Write a section '## SAM-2 TITLE' in docs/controls/SAM.md, see docs/adding-a-control.md."));

    private static ControlPages Read(string text) => ControlPages.From([KeyValuePair.Create("SAM.md", text)]);
}
