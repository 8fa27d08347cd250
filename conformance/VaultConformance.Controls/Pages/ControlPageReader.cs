using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Pages;

/// <summary>
/// Reads the sections of a page strictly. A section has the heading <c>## ID title</c> and the parts <c>**Requires (LEVEL):**</c>,
/// <c>**Why:**</c>, <c>**Observed:**</c>, <c>**Remediation:**</c>, <c>**Mended by:**</c> and <c>**Sources:**</c>, each once;
/// <c>**Traps:**</c> may be left out.
/// The fenced blocks of the remediation are what to paste.
/// </summary>
/// <param name="file">Name of the page, for problems.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed partial class ControlPageReader(string file, ICollection<string> problems)
{
    private const string Heading = "## ";
    private const string Fence = "```";
    private const string Why = "Why";
    private const string Remediation = "Remediation";
    private const string Sources = "Sources";
    private const string MendedBy = "Mended by";
    private const string Observed = "Observed";

    private static readonly string[] Required = ["Requires", Why, Observed, Remediation, MendedBy, Sources];
    private static readonly string[] Known = [.. Required, "Traps", "What nobody can tell"];

    /// <summary>The controls of the page that are described completely.</summary>
    /// <param name="text">Its text.</param>
    public IEnumerable<ControlPage> Read(string text)
    {
        foreach (var section in ReadSections(text))
        {
            var before = problems.Count;
            if (Read(section) is { } page && problems.Count == before)
            {
                yield return page;
            }
        }
    }

    private static IEnumerable<Section> ReadSections(string text)
    {
        var fenced = false;
        var section = new Section(0, string.Empty, []);
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            fenced ^= line.StartsWith(Fence, StringComparison.Ordinal);
            if (!fenced && line.StartsWith(Heading, StringComparison.Ordinal))
            {
                yield return section;
                section = new Section(index + 1, line[Heading.Length..].Trim(), []);
            }
            else
            {
                section.Lines.Add(line);
            }
        }

        yield return section;
    }

    private ControlPage? Read(Section section)
    {
        var words = section.Title.Split(' ', 2);
        if (!LooksLikeId.IsMatch(words[0]))
        {
            return null;
        }

        if (!ControlId.TryParse(words[0], out var id))
        {
            problems.Add($"{Place(section.Line)}: '{words[0]}' is not an id of a control");
            return null;
        }

        var parts = ReadParts(id, section);
        var page = new ControlPage(
            id, Place(section.Line), words.Length > 1
                ? words[1].Trim()
                : string.Empty, PlainText.GetFirstParagraph(parts.GetValueOrDefault(Sources)).TrimEnd('.'),
            PlainText.ToSentence(PlainText.GetFirstParagraph(parts.GetValueOrDefault(Remediation))),
            new ControlGuide(
                PlainText.ToSentence(PlainText.GetFirstParagraph(parts.GetValueOrDefault(Why))),
                ReadSnippets(parts.GetValueOrDefault(Remediation, string.Empty)))
            {
                Links = PlainText.ListLinks(parts.GetValueOrDefault(Sources)),
                Observed = PlainText.GetFirstSentence(PlainText.GetFirstParagraph(parts.GetValueOrDefault(Observed))),
            })
        {
            Mending = MendingReader.Read(
                PlainText.GetFirstParagraph(parts.GetValueOrDefault(MendedBy)),
                parts.GetValueOrDefault(Remediation, string.Empty),
                problem => problems.Add($"{Place(section.Line)}: {id} {problem}")),
        };
        Check(page, section, parts);
        return page;
    }

    private Dictionary<string, string> ReadParts(ControlId id, Section section)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var label = string.Empty;
        var fenced = false;
        foreach (var (index, line) in section.Lines.Index())
        {
            fenced ^= line.StartsWith(Fence, StringComparison.Ordinal);
            var match = fenced ? Match.Empty : Label.Match(line);
            if (!match.Success)
            {
                parts[label] = parts.GetValueOrDefault(label) + line + "\n";
                continue;
            }

            label = match.Groups[1].Value;
            var place = Place(section.Line + 1 + index);
            if (!Known.Contains(label))
            {
                problems.Add($"{place}: {id} has an unknown part '{label}'; known parts: {string.Join(", ", Known)}");
            }
            else if (!parts.TryAdd(label, line[match.Length..] + "\n"))
            {
                problems.Add($"{place}: {id} has the part '{label}' twice");
            }
        }

        return parts;
    }

    private void Check(ControlPage page, Section section, Dictionary<string, string> parts)
    {
        var missing = Required.Where(part => PlainText.GetFirstParagraph(parts.GetValueOrDefault(part)).Length == 0).ToList();
        if (missing.Count > 0)
        {
            problems.Add($"{page.Place}: {page.Id} says nothing in the part {string.Join(", ", missing.Select(part => $"**{part}:**"))}; "
                + "it begins with a paragraph of text");
        }

        if (page.Title.Length == 0 || page.Title.EndsWith('.') || page.Title.AsSpan().IndexOfAny('`', '*') >= 0)
        {
            problems.Add($"{page.Place}: the title of {page.Id} must be a sentence in plain text without a full stop");
        }

        if (Path.GetFileNameWithoutExtension(file) != page.Id.Family)
        {
            problems.Add($"{Place(section.Line)}: {page.Id} belongs on the page {page.Id.Family}.md");
        }
    }

    private string Place(int line) => $"{file}, line {line}";

    private static IReadOnlyList<GuideSnippet> ReadSnippets(string part) =>
        [.. Block.Matches(part).Select(match => new GuideSnippet(match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("^[A-Z][A-Z0-9]*-[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeId { get; }

    [GeneratedRegex(@"^\*\*([A-Z][A-Za-z ]*?)(?: \([^)]*\))?:\*\*", RegexOptions.CultureInvariant)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"^```([a-z]*)(?: fix)?\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Block { get; }

    private sealed record Section(int Line, string Title, List<string> Lines);
}
