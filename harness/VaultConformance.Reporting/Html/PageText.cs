using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Html;

/// <summary>How texts, times and names look on the page. Encoding for HTML is the components' business.</summary>
internal static partial class PageText
{
    /// <summary>Longest text that is shown whole as one sentence, in characters.</summary>
    public const int Sentence = 2000;

    /// <summary>Longest sentence about a control that is shown whole in an overview, in characters.</summary>
    public const int Summary = 900;

    /// <summary>Longest text that is shown whole as a name, in characters.</summary>
    public const int Name = 300;

    /// <summary>One line of harmless characters, cut.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">Largest number of characters.</param>
    public static string ToLine(string text, int maximum) => Printable.Cut(Printable.ToOneLine(text).Trim(), maximum);

    /// <summary>
    /// Takes a sentence apart, so that names which end in a number (<c>TLS-1</c>, <c>vault-0</c>) are parts of their own.
    /// </summary>
    /// <param name="text">The sentence.</param>
    public static IReadOnlyList<(string Text, bool IsName)> SplitAtNames(string text) =>
        [.. NumberedName.Split(text).Select((part, place) => (part, place % 2 == 1))];

    [GeneratedRegex(@"(\b[A-Za-z0-9]{1,20}(?:-[A-Za-z0-9]{1,20}){0,3}-[0-9]{1,3}\b)", RegexOptions.None, 1000)]
    private static partial Regex NumberedName { get; }

    /// <summary>A level in the words of RFC 2119, for example <c>MUST</c>.</summary>
    /// <param name="level">The level.</param>
    public static string DescribeLevel(Requirement level) => level.ToString().ToUpperInvariant();

    /// <summary>A status in words, for example <c>Not applicable</c>.</summary>
    /// <param name="status">Name of an outcome, or <see cref="ControlEntry.NotRun"/>.</param>
    public static string DescribeStatus(string status) => status switch
    {
        nameof(Outcome.NotApplicable) => "Not applicable",
        nameof(Outcome.RunOnly) => "Only a run can tell",
        ControlEntry.NotRun => "Not run",
        ControlEntry.NotMet => "Not met",
        _ => status,
    };

    /// <summary>Where a part of the evidence lies beside the report that a run writes.</summary>
    /// <param name="part">For example <c>observations/pod/vault-0/mounts.json</c>.</param>
    public static string LinkToEvidence(string part) => "evidence/" + string.Join(
        '/', part.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name is not ("." or "..")).Select(Escape));

    // Rune by rune, because a lone surrogate has no place in an address.
    private static string Escape(string name) => Uri.EscapeDataString(string.Concat(name.EnumerateRunes().Select(rune => rune.ToString())));

    /// <summary>A status with how many controls have it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="count">How many.</param>
    public static string DescribeCount(string status, int count) => status == ControlEntry.NotMet
        ? Count(count, "recommendation") + " not met"
        : string.Create(CultureInfo.InvariantCulture, $"{count} {DescribeStatus(status).ToLowerInvariant()}");

    /// <summary>A duration for people.</summary>
    /// <param name="duration">The duration.</param>
    public static string FormatDuration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 0.95 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(duration.TotalMilliseconds, 0):0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s"),
    };

    /// <summary>A moment in UTC, for example <c>2026-03-01 12:00:00 UTC</c>.</summary>
    /// <param name="moment">The moment.</param>
    public static string FormatMoment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, for example <c>1 pod</c> or <c>2 pods</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
