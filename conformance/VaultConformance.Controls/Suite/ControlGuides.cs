using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Suite;

/// <summary>
/// What the pages <c>docs/controls/*.md</c> say about each control. They are embedded as they are, so that a report and the documentation cannot
/// differ. A section has the heading <c>## ID title</c>, a paragraph that begins with <c>**Why:**</c>, and after <c>**Remediation:**</c> fenced
/// blocks with what to paste.
/// </summary>
internal static partial class ControlGuides
{
    private const string Prefix = "Guides/";
    private const string Remediation = "**Remediation:**";

    /// <summary>The guides of all embedded pages, by control.</summary>
    public static IReadOnlyDictionary<ControlId, ControlGuide> Read()
    {
        var assembly = typeof(ControlGuides).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .SelectMany(name => Parse(TextOf(assembly.GetManifestResourceStream(name)!)))
            .ToDictionary();
    }

    /// <summary>The guides of one page.</summary>
    /// <param name="page">Its text.</param>
    internal static IEnumerable<KeyValuePair<ControlId, ControlGuide>> Parse(string page)
    {
        var sections = ("\n" + page.ReplaceLineEndings("\n")).Split("\n## ");
        foreach (var section in sections.Skip(1))
        {
            if (ControlId.TryParse(section.Split([' ', '\n'], 2)[0], out var id))
            {
                yield return new KeyValuePair<ControlId, ControlGuide>(id, new ControlGuide(WhyOf(section), SnippetsOf(section)));
            }
        }
    }

    private static string WhyOf(string section)
    {
        var why = Emphasis().Replace(Why().Match(section).Groups[1].Value, "$2").Replace('\n', ' ').Trim();
        return why.Length == 0 ? why : char.ToUpperInvariant(why[0]) + why[1..];
    }

    private static IReadOnlyList<GuideSnippet> SnippetsOf(string section)
    {
        var start = section.IndexOf(Remediation, StringComparison.Ordinal);
        return start < 0
            ? []
            : [.. Fence().Matches(section, start).Select(match => new GuideSnippet(match.Groups[1].Value, match.Groups[2].Value))];
    }

    private static string TextOf(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^\*\*Why:\*\*(.*?)(?=\n\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Why();

    [GeneratedRegex(@"(\*\*|\*|`)(?=\S)([^*`]+?)(?<=\S)\1", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^```([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();
}
