using VaultConformance.Yaml;
using YamlDotNet.Core;

namespace VaultConformance.Reporting.Yaml;

/// <summary>What the YAML parser says about text that is not YAML.</summary>
internal static class MalformedYaml
{
    /// <summary>True for everything that the parser throws at malformed text; on some it fails instead of complaining.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool Is(Exception exception) => exception is YamlException or InvalidOperationException or ArgumentException;

    /// <summary>The line to change, from 1, and what is wrong with it in plain words.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="scanner">The scanner that was read from.</param>
    /// <param name="text">The text that was read.</param>
    public static (int Line, string Words) Explain(Exception exception, Scanner scanner, string text)
    {
        var seen = Math.Max(1, scanner.CurrentPosition.Line);
        var line = exception is YamlException yaml ? Math.Max(yaml.End.Line, seen) : seen;
        var (place, words) = exception is YamlException
            ? YamlWords.Explain(exception.Message, text, line) : (line, "it cannot be understood here");
        return ((int)place, words);
    }
}
