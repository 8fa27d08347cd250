namespace VaultConformance.Reporting.Fixes;

/// <summary>Explains the comments at the ends of lines of a snippet, which say when a line counts.</summary>
internal static class SnippetLegend
{
    private const string Heading = "What a comment at the end of a line means:";

    private static readonly (string Mark, string Meaning)[] Meanings =
    [
        ("# keep yours", "only where you set nothing yourself"),
        ("# at least", "only where you set nothing, or a lower number"),
        ("# at most", "only where you set nothing, no limit, or a longer time"),
        ("# if you have it", "only where you set it already"),
        ("# https", "your own address, with https instead of http"),
        ("# take this out of yours", "remove this argument, keep your others"),
        ("# each of yours", "every block of this kind that you have; add none"),
        ("# for a new one", "only in a block that you add"),
        ("# unless yours is mounted", "only where your own file is on no volume"),
        ("# at least, if you have it", "only where you set a lower number, or a log level that tells more"),
        ("# with ui.enabled", "only where your values have the chart make a Service for the user interface"),
        ("# unless yours is Localhost", "only where you name no profile of the node's own"),
    ];

    /// <summary>The legend of a snippet, a line each; empty when it needs none.</summary>
    /// <param name="snippet">The text to paste.</param>
    public static IReadOnlyList<string> List(string snippet)
    {
        var lines = snippet.Split('\n').Select(line => line.TrimEnd()).ToList();
        var marks = Meanings.Where(mark => lines.Exists(line => line.EndsWith(mark.Mark, StringComparison.Ordinal)))
            .Select(mark => $"{mark.Mark}: {mark.Meaning}")
            .ToList();
        return
        [
            .. marks.Count > 0 ? (string[])[Heading, .. marks] : [],
            .. HasStandaloneConfig(lines)
                ? ["With server.ha the same lines belong to server.ha.raft.config, or to server.ha.config without Raft."] : (string[])[],
        ];
    }

    private static bool HasStandaloneConfig(List<string> lines) =>
        lines.Exists(line => line.Trim() == "standalone:")
            && lines.Exists(line => line.Trim().StartsWith("config: |", StringComparison.Ordinal));
}
