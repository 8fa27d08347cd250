using System.Text;
using VaultConformance.Reporting.Yaml;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Runs.Plan;

/// <summary>Finds what is wrong with a values file, so that a slip is shown with its line before a cluster is started.</summary>
internal static class YamlFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// What is wrong with a file, in parts of sentences that follow its name; an empty file is a mapping without entries.
    /// </summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<string> ListProblems(string path)
    {
        try
        {
            var text = StrictUtf8.GetString(File.ReadAllBytes(path));
            return text.Contains('\0', StringComparison.Ordinal)
                ? ["is not text: it holds NUL characters"]
                : text.IndexOf('\u0085', StringComparison.Ordinal) is >= 0 and var place
                ? [$"holds the character U+0085 after line {text.AsSpan(0, place).Count('\n') + 1}, which Helm takes for a line break and "
                    + "editors do not show; replace it"]
                : ListProblemsOf(text.TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            return ["is not text in UTF-8"];
        }
        catch (UnauthorizedAccessException)
        {
            return [$"cannot be read: user '{Environment.UserName}' has no permission to read it"];
        }
        catch (IOException exception)
        {
            return [$"cannot be read: {exception.Message}"];
        }
    }

    private static IReadOnlyList<string> ListProblemsOf(string text)
    {
        var scanner = new Scanner(new StringReader(BlockScalars.Repair(text)), skipComments: true);
        try
        {
            return ExplainNoMapping(new Parser(scanner)) is { } reason
                ? [reason]
                : [
                    .. DuplicateKeys.Find(text).Select(key =>
                        $"has a key twice: {key}. Helm takes the last and drops the first; join them"),
                    .. YamlReferences.List(text).Select(problem => $"cannot be read by Helm, {problem}"),
                ];
        }
        catch (Exception exception) when (MalformedYaml.Is(exception))
        {
            var (line, words) = MalformedYaml.Explain(exception, scanner, text);
            return [$"is not well-formed, line {line}: {words}"];
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
                    $"must hold a mapping ('key: value'), but line {GetLine(node)} is {Describe(node)}",
                _ => null,
            };
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
        }

        return reason;
    }

    private static string Describe(NodeEvent node) => node is SequenceStart ? "a list" : "plain text";

    private static long GetLine(ParsingEvent parsingEvent) => Math.Max(1, parsingEvent.Start.Line);
}
