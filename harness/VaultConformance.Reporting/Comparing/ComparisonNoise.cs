using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Comparing;

/// <summary>
/// What differs between any two runs and says nothing: names of throw-away nodes, ids of runs and processes, times, ports that are given
/// out at random, lines of files, and fingerprints of certificates that each run makes anew. Outcomes are never noise.
/// </summary>
/// <param name="names">Names that only one run has.</param>
internal sealed partial class ComparisonNoise(IReadOnlyList<string> names)
{
    private const int ShortestName = 4;

    /// <summary>What is noise in a run.</summary>
    /// <param name="run">The run.</param>
    public static ComparisonNoise From(ComparedRun run) => new(
    [
        .. run.Subject.Where(fact => fact.Name == "Node").Select(fact => fact.Value.Split(':')[0].Trim())
            .Append(run.RunId)
            .Where(name => name.Length >= ShortestName)
            .OrderByDescending(name => name.Length),
    ]);

    /// <summary>A text with a mark in place of what is noise in it.</summary>
    /// <param name="text">The text.</param>
    public string Remove(string text) =>
        Numbers.Replace(names.Aggregate(text, (rest, name) => rest.Replace(name, "*", StringComparison.Ordinal)), "*");

    // Measured times have a decimal, chosen ones do not. Ports are given out at random as node ports, and on loopback of this machine.
    [GeneratedRegex(
        @"(?<=PID )\d+|(?<=\bline )\d+|\b\d+\.\d+ (ms|s|min)\b|(?<=\b\d{1,3}(\.\d{1,3}){3}:)3[0-2]\d{3}\b|(?<=\b127\.0\.0\.1:)[3-6]\d{4}\b"
        + @"|\b[0-9A-Fa-f]{64}\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers { get; }
}
