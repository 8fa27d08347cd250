using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>
/// What differs between any two runs and says nothing: names of throw-away nodes, ids of runs and processes, measured times, files that the
/// probes write for a moment, ports that are given out at random, lines of values files and what those are called, and fingerprints of
/// certificates that each run makes anew. Outcomes are never noise, and neither is anything that somebody chose.
/// </summary>
/// <param name="names">Names that only one run has.</param>
/// <param name="files">Names of its values files.</param>
internal sealed partial class ComparisonNoise(IReadOnlyList<string> names, IReadOnlyList<string> files)
{
    private const int ShortestName = 4;

    // The certificates of a run begin when it does, and servers elect whom they like.
    private const string StartOfValidity = "start of validity";
    private const string Elected = "next active server";

    /// <summary>What is noise in a run.</summary>
    /// <param name="run">The run.</param>
    public static ComparisonNoise From(ComparedRun run) => new(
    [
        .. run.Subject.Where(fact => fact.Name == "Node").Select(fact => fact.Value.Split(':')[0].Trim())
            .Append(run.RunId)
            .Where(name => name.Length >= ShortestName)
            .OrderByDescending(name => name.Length),
    ],
    [
        .. run.Digests.Where(digest => digest.Kind == SubjectKind.Values)
            .Select(digest => digest.Name)
            .OrderByDescending(name => name.Length),
    ]);

    /// <summary>A text with a mark in place of what is noise in it.</summary>
    /// <param name="text">The text.</param>
    public string Remove(string text)
    {
        var unplaced = files.Aggregate(text, (rest, file) => Regex.Replace(
            rest, $@"(?<![\w./-]){Regex.Escape(file)}:\d+\b", "*", RegexOptions.CultureInvariant));
        return Numbers.Replace(names.Aggregate(unplaced, (rest, name) => rest.Replace(name, "*", StringComparison.Ordinal)), "*");
    }

    /// <summary>What was seen, with a mark in place of what is noise in it: also of what was measured.</summary>
    /// <param name="fact">What was compared.</param>
    /// <param name="text">What was seen.</param>
    public string RemoveSeen(string fact, string text)
    {
        var rest = fact == Elected ? Successor.Replace(text, "*") : text;
        return Measured.Replace(Remove(fact.StartsWith(StartOfValidity, StringComparison.Ordinal) ? Moment.Replace(rest, "*") : rest), "*");
    }

    // Ports are given out at random as node ports, and on loopback of this machine; so are names of the volumes of tokens. A server says
    // in its answers what time it is.
    [GeneratedRegex(
        @"(?<=PID )(?!1\b)\d+|(?<=\bline )\d+|(?<=\b\d{1,3}(\.\d{1,3}){3}:)3[0-2]\d{3}\b|(?<=\b127\.0\.0\.1:)[3-6]\d{4}\b"
        + @"|(?<=/\.vc-)[0-9a-f]{16}\b|\b[0-9A-Fa-f]{64}\b|(?<=\bkube-api-access-)[a-z0-9]{5}\b"
        + @"|(?<=\bDate: )[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT|(?<=""server_time_utc"":)\d+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers { get; }

    // Measured times have a decimal, or come after something; chosen ones do neither.
    [GeneratedRegex(@"\b\d+\.\d+ (ms|s|min)\b|(?<=\bafter )\d+ s\b", RegexOptions.CultureInvariant)]
    private static partial Regex Measured { get; }

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d \d\d:\d\d UTC\b", RegexOptions.CultureInvariant)]
    private static partial Regex Moment { get; }

    [GeneratedRegex(@"^\S+(?= after )", RegexOptions.CultureInvariant)]
    private static partial Regex Successor { get; }
}
