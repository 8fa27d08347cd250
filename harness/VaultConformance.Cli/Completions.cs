using System.CommandLine;

namespace VaultConformance.Cli;

/// <summary>What the last word of a command line can become.</summary>
/// <param name="root">The program.</param>
/// <param name="defaultVerb">The verb when none is given.</param>
internal sealed class Completions(Command root, string defaultVerb)
{
    /// <summary>The word that asks for completions; the scripts of <c>completion</c> know it.</summary>
    public const string Word = "complete";

    /// <summary>Lists the completions.</summary>
    /// <param name="words">The words after the program; the last one is being typed and may be empty.</param>
    public IReadOnlyList<string> List(IReadOnlyList<string> words)
    {
        var word = words.Count == 0 ? string.Empty : words[^1];
        List<string> before = [.. words.SkipLast(1)];
        // Options without a verb are those of the default verb.
        if (before is [['-', ..], ..] || (before.Count == 0 && word.StartsWith('-')))
        {
            before.Insert(0, defaultVerb);
        }

        if (before.Count > 0 && root.Subcommands.All(verb => verb.Name != before[0]))
        {
            return [];
        }

        var line = string.Concat(before.Select(part => part.Contains(' ', StringComparison.Ordinal) ? $"\"{part}\" " : $"{part} "));
        return
        [
            .. root.Parse(line, CommandLineApp.Parser).GetCompletions(line.Length)
                .Select(item => item.Label)
                .Where(label => label.StartsWith(word, StringComparison.Ordinal) && IsOffered(label, word))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    // Short forms are offered only when one is being typed; help and version are known anyway.
    private static bool IsOffered(string label, string word) => label switch
    {
        "-?" or "/?" or "/h" => false,
        "--help" or "--version" => word.StartsWith('-'),
        ['-', not '-', ..] => word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal),
        _ => true,
    };
}
