using System.Text.RegularExpressions;
using VaultConformance.Controls.Pages;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Controls.Tests;

/// <summary>The pages of the controls are read by people and by the report.</summary>
public sealed class ControlGuideTests
{
    private static readonly IReadOnlyList<ControlDescriptor> Controls = ControlCatalogue.BuiltIn.Controls;

    private static IEnumerable<TestCaseData> YamlSnippets =>
        from control in Controls
        from snippet in control.Guide?.Snippets ?? []
        where snippet.Language == "yaml"
        select new TestCaseData(snippet.Text).SetArgDisplayNames(control.Id.ToString());

    [Test]
    public void The_pages_are_complete() => Assert.That(() => ControlPages.ReadEmbedded(), Throws.Nothing);

    [Test]
    public void They_describe_no_control_that_does_not_exist() => Assert.That(ControlPages.BuiltIn.Ids, Is.EquivalentTo(Controls.Select(control => control.Id)));

    [TestCaseSource(nameof(Controls))]
    public void The_texts_of_a_control_are_plain_sentences_that_a_report_can_show(ControlDescriptor control)
    {
        Assert.That(new[] { control.Title, control.Source, control.Remediation }, Has.All.Not.Empty.And.All.Not.Contains("**").And.All.Not.Contains("`").And.All.Not.Contains("\n"));
        Assert.That(char.IsUpper(control.Remediation[0]), control.Remediation);
        Assert.That(control.Remediation, Does.EndWith("."));
        Assert.That((control.Title, control.Source), Is.EqualTo((control.Title.TrimEnd('.'), control.Source.TrimEnd('.'))));
    }

    [TestCaseSource(nameof(Controls))]
    public void The_index_has_the_title_of_the_page(ControlDescriptor control)
    {
        var row = File.ReadLines(Repository.File("docs", "controls", "index.md")).Single(line => line.StartsWith($"| [{control.Id}]", StringComparison.Ordinal));

        Assert.That(row, Does.EndWith($" | {control.Title} |"));
    }

    [TestCaseSource(nameof(Controls))]
    public void The_table_of_what_values_can_mend_says_what_the_page_says(ControlDescriptor control)
    {
        var mending = control.Guide!.Mending!;
        var kind = mending.Kind == MendedBy.Values ? "**values**" : RunFixText.DescribeKind(mending.Kind);

        var rows = File.ReadLines(Repository.File("docs", "mending.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal)).ToList();

        Assert.That(rows, Has.Count.EqualTo(Controls.Count));
        Assert.That(rows.Single(line => line.StartsWith($"| [{control.Id}](", StringComparison.Ordinal)), Is.EqualTo(
            $"| [{control.Id}]({ControlPageLink.Write(control)["docs/".Length..]}) | {kind} | {string.Join(", ", mending.After)} | {mending.Words} |"));
    }

    [TestCaseSource(nameof(Controls))]
    public void The_link_to_a_page_is_that_of_the_index(ControlDescriptor control) => Assert.That(
        File.ReadAllText(Repository.File("docs", "controls", "index.md")),
        Does.Contain($"| [{control.Id}]({ControlPageLink.Write(control)["docs/controls/".Length..]}) |"));

    [TestCaseSource(nameof(YamlSnippets))]
    public void Every_comment_at_the_end_of_a_line_is_explained(string text)
    {
        var legend = SnippetLegend.List(text);

        var unexplained = text.Split('\n').Select(line => Regex.Match(line, "   (# .*)$").Groups[1].Value).Where(comment => comment.Length > 0)
            .Where(comment => !legend.Any(line => line.StartsWith($"{comment}: ", StringComparison.Ordinal)));
        Assert.That(unexplained, Is.Empty);
    }

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
    public void Results_of_a_run_carry_the_guide()
    {
        var results = new ReleaseEvidence().Judge();

        Assert.That(results.Values.Select(result => result.Control.Guide?.Why), Has.All.Not.Null.And.All.Not.Empty);
    }
}
