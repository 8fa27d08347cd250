using System.Text;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>All planned controls as rules, and the place of each.</summary>
internal sealed class SarifRules
{
    private const int HelpSentence = 4000;

    private readonly Dictionary<ControlId, int> _places;

    private SarifRules(IReadOnlyList<(ControlId Id, SarifRule Rule)> rules)
    {
        All = [.. rules.Select(pair => pair.Rule)];
        _places = rules.Select((pair, place) => (pair.Id, place)).ToDictionary();
    }

    /// <summary>The rules, by id.</summary>
    public IReadOnlyList<SarifRule> All { get; }

    /// <summary>The rules of a report.</summary>
    /// <param name="report">The report.</param>
    public static SarifRules From(ConformanceReport report)
    {
        var judged = report.Results.Select(result => (result.Control.Id, Rule: CreateRule(result.Control, result.Level)));
        var others = ReportTotals.ListNotRun(report).Select(id => (Id: id, Rule: CreateUnknown(id)));
        return new SarifRules([.. judged.Concat(others).OrderBy(pair => pair.Id)]);
    }

    /// <summary>Place of a control among the rules, from 0.</summary>
    /// <param name="id">The control.</param>
    public int PlaceOf(ControlId id) => _places[id];

    private static SarifRule CreateRule(ControlDescriptor control, Requirement level) => new(
        control.Id.ToString(),
        GetRuleName(control),
        new SarifText(ChooseText(SarifWords.ToSentence(control.Title), control.Id)),
        new SarifText(ChooseText(
            SarifWords.ToSentence(control.Guide is { } guide ? $"{control.Title.TrimEnd('.')}. {guide.Why}" : control.Title), control.Id)),
        new SarifText(WriteHelpText(control), WriteHelpMarkdown(control)),
        new SarifConfiguration(SarifWords.DescribeLevel(level)),
        CreateProperties(control.Id, level));

    // Nothing is known of a control that did not run but that the verdict needs it.
    private static SarifRule CreateUnknown(ControlId id) => new(
        id.ToString(),
        $"{id.Family}{id.Number}",
        new SarifText($"Control {id}"),
        new SarifText($"Control {id}, which did not run."),
        new SarifText($"The page of the control says what it requires: docs/controls/{id.Family}.md."),
        new SarifConfiguration(SarifWords.DescribeLevel(Requirement.Must)),
        CreateProperties(id, Requirement.Must));

    private static SarifRuleProperties CreateProperties(ControlId id, Requirement level) => new(
        ["security", "vault", "kubernetes", id.Family.ToLowerInvariant()],
        "very-high",
        level switch
        {
            Requirement.Must => "8.0",
            Requirement.Should => "5.0",
            _ => "2.0",
        });

    /// <summary>A name in one word, from the title up to its first punctuation.</summary>
    private static string GetRuleName(ControlDescriptor control)
    {
        var words =
            control.Title.Split([':', ';', ',', '.'])[0].Split(' ').Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)))
                .Where(word => word.Length > 0);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name.Length is > 0 and < 200 ? name : $"{control.Id.Family}{control.Id.Number}";
    }

    private static string WriteHelpText(ControlDescriptor control)
    {
        var text = new StringBuilder($"Remediation: {control.Remediation}\n");
        foreach (var snippet in control.Guide?.Snippets ?? [])
        {
            text.Append('\n').Append(snippet.Text.TrimEnd('\n')).Append('\n');
            text.AppendJoin('\n', SnippetLegend.List(snippet.Text).Append(string.Empty));
        }

        return SarifWords.ToLines(text.Append($"\nSource: {control.Source}").ToString());
    }

    private static string WriteHelpMarkdown(ControlDescriptor control)
    {
        var page = new StringBuilder($"**Remediation:** {MarkdownText.EscapeInline(control.Remediation, HelpSentence)}\n\n");
        foreach (var snippet in control.Guide?.Snippets ?? [])
        {
            page.Append(MarkdownText.WriteFence(snippet)).Append("\n\n");
            page.Append(
                string.Concat(SnippetLegend.List(snippet.Text).Select(line => $"{MarkdownText.EscapeInline(line, HelpSentence)}\n\n")));
        }

        if (control.Guide is { Why.Length: > 0 } guide)
        {
            page.Append($"**Why:** {MarkdownText.EscapeInline(guide.Why, HelpSentence)}\n\n");
        }

        return page.Append($"**Source:** {MarkdownText.EscapeInline(control.Source, HelpSentence)}\n").ToString();
    }

    private static string ChooseText(string text, ControlId id) => text.Length > 0 ? text : id.ToString();
}
