using System.Text;
using System.Text.RegularExpressions;

namespace VaultConformance.Cli.Tests.Examples;

/// <summary>Finds in recipes the command lines that call the front door.</summary>
internal static partial class CommandLines
{
    private static readonly string[] Ends = ["|", "||", "&&", ";", ">", ">>", "2>", "fi", "#"];

    /// <summary>The arguments of every call of <c>run.sh</c> or <c>run.ps1</c>, without those in comments.</summary>
    /// <param name="text">A workflow, a pipeline or a page.</param>
    public static IReadOnlyList<IReadOnlyList<string>> In(string text)
    {
        var whole = Continued.Replace(Folded(text), " ");
        return
        [
            .. whole.Split('\n')
                .Where(line => !Comment.IsMatch(line))
                .SelectMany(line => Call.Matches(line).Select(match => match.Groups[1].Value))
                .Select(Words),
        ];
    }

    // Of a folded block of YAML only what a shell gets matters: one line.
    private static string Folded(string text) => FoldedBlock.Replace(text, match => match.Value.ReplaceLineEndings(" ") + "\n");

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in Word.Matches(Expression.Replace(text, "VALUE")).Select(match => Unquoted(match.Value)))
        {
            if (Ends.Contains(word))
            {
                break;
            }

            words.Add(word.TrimEnd(';'));
            if (word.EndsWith(';'))
            {
                break;
            }
        }

        return words;
    }

    private static string Unquoted(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var character in word.Where(character => character is not ('"' or '\'')))
        {
            text.Append(character);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(?m)^( *)- >-\n(?:\1 +\S.*\n)+")]
    private static partial Regex FoldedBlock { get; }

    [GeneratedRegex(@"[ \t]*(\\|`)\n[ \t]*")]
    private static partial Regex Continued { get; }

    [GeneratedRegex(@"^\s*(#|//)")]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"(?:^|[\s'""`(])(?:[\w.~$/{}-]*/)?run\.(?:sh|ps1)(?=[\s'""`)]|$)([^\n`]*)")]
    private static partial Regex Call { get; }

    [GeneratedRegex(@"\$\{\{.*?\}\}|\$\([\w.]+\)")]
    private static partial Regex Expression { get; }

    [GeneratedRegex(@"(?:""[^""]*""|'[^']*'|[^\s""'])+")]
    private static partial Regex Word { get; }
}
