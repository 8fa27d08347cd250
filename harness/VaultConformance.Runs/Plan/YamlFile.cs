using VaultConformance.Reporting.Yaml;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Runs.Plan;

/// <summary>Looks whether a values file can be read at all, so that a slip is told with its line before a cluster is started.</summary>
internal static class YamlFile
{
    /// <summary>Why a file is not one mapping, or null. An empty file is a mapping without entries.</summary>
    /// <param name="path">The file.</param>
    public static string? ExplainNoMapping(string path)
    {
        try
        {
            return ExplainNoMapping(new Scanner(new StringReader(BlockScalars.Repair(File.ReadAllText(path))), skipComments: true));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {exception.Message}";
        }
    }

    private static string? ExplainNoMapping(Scanner scanner)
    {
        try
        {
            return ExplainNoMapping(new Parser(scanner));
        }
        catch (Exception exception) when (MalformedYaml.Is(exception))
        {
            return $"is not well-formed, line {MalformedYaml.FindLine(exception, scanner)}: {MalformedYaml.DescribeReason(exception)}";
        }
    }

    // Reads to the end, because the slip may be in the last line.
    private static string? ExplainNoMapping(Parser parser)
    {
        string? reason = null;
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            reason ??= parser.Current switch
            {
                // Helm reads the first document and passes over the others in silence.
                DocumentStart start when ++documents > 1 => $"must hold one document, but line {GetLine(start)} starts another",
                NodeEvent node and not MappingStart and not Scalar { Value: "" or "null" or "~" } when depth == 0 =>
                    $"must hold a mapping, but line {GetLine(node)} starts something else",
                _ => null,
            };
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
        }

        return reason;
    }

    private static long GetLine(ParsingEvent parsingEvent) => Math.Max(1, parsingEvent.Start.Line);
}
