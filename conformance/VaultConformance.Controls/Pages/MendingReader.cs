using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Pages;

/// <summary>
/// Reads the part <c>**Mended by:**</c> of a page: <c>values after TLS-1. What to do where they do not help.</c> A control that values mend
/// has one fenced block <c>yaml fix</c> in its remediation, or takes that of another control: <c>values as PROC-3.</c> A change that would
/// make another control fail brings that one's block along: <c>values with FS-2.</c>
/// </summary>
internal static partial class MendingReader
{
    /// <summary>Reads it; null when it is not understood.</summary>
    /// <param name="text">The part in one line.</param>
    /// <param name="remediation">The remediation as it is written.</param>
    /// <param name="report">Told what is wrong, as the end of a sentence.</param>
    public static PageMending? Read(string text, string remediation, Action<string> report)
    {
        var match = Form.Match(text);
        if (!match.Success || !Enum.TryParse<MendedBy>(match.Groups["kind"].Value, ignoreCase: true, out var kind))
        {
            report("has a part 'Mended by' that is not 'KIND [as ID] [with ID] [after ID]. What to do.', with a kind of "
                + $"{string.Join(", ", Enum.GetNames<MendedBy>().Select(name => name.ToLowerInvariant()))}");
            return null;
        }

        var snippets = Snippet.Matches(remediation).Select(found => found.Groups[1].Value).ToList();
        var expected = kind == MendedBy.Values && !match.Groups["as"].Success ? 1 : 0;
        if (snippets.Count != expected)
        {
            report($"has {snippets.Count} blocks '```yaml fix' in its remediation, expected {expected}");
        }

        return new PageMending(
            new Mending(kind, match.Groups["words"].Value, [.. snippets], ReadIds(match)),
            ReadId(match, "as"),
            ReadId(match, "with"));
    }

    private static ControlId? ReadId(Match match, string group) =>
        match.Groups[group].Success && ControlId.TryParse(match.Groups[group].Value, out var id) ? id : null;

    private static IReadOnlyList<ControlId> ReadIds(Match match) =>
        match.Groups["after"].Success ? [.. match.Groups["after"].Value.Split(", ").Select(ControlId.Parse)] : [];

    [GeneratedRegex(
        "^(?<kind>[a-z]+)(?: as (?<as>[A-Z0-9]+-[0-9]+))?(?: with (?<with>[A-Z0-9]+-[0-9]+))?"
            + "(?: after (?<after>[A-Z0-9]+-[0-9]+(?:, [A-Z0-9]+-[0-9]+)*))?\\. (?<words>[A-Z].*\\.)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }

    [GeneratedRegex(@"^```yaml fix\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Snippet { get; }
}

/// <summary>What a page says about mending its control.</summary>
/// <param name="Own">What it says itself.</param>
/// <param name="As">The control whose snippet it takes; null for its own.</param>
/// <param name="With">The control whose snippet has to come along, because the change would make it fail; null where there is none.</param>
internal sealed record PageMending(Mending Own, ControlId? As, ControlId? With);
