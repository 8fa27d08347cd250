using YamlDotNet.Core;

namespace VaultConformance.Reporting.Yaml;

/// <summary>What the YAML parser says about text that is not YAML.</summary>
internal static class MalformedYaml
{
    /// <summary>True for everything that the parser throws at malformed text; on some it fails instead of complaining.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool Is(Exception exception) => exception is YamlException or InvalidOperationException or ArgumentException;

    /// <summary>The line where the parser gave up, from 1.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="scanner">The scanner that was read from.</param>
    public static int FindLine(Exception exception, Scanner scanner)
    {
        var seen = Math.Max(1, scanner.CurrentPosition.Line);
        return (int)(exception is YamlException yaml ? Math.Max(yaml.End.Line, seen) : seen);
    }

    /// <summary>What is wrong, in the parser's words where it has any.</summary>
    /// <param name="exception">What was thrown.</param>
    public static string DescribeReason(Exception exception) =>
        exception is YamlException ? exception.Message : "it cannot be understood here.";
}
