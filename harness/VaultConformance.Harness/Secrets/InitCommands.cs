using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>Commands that initialise Vault by themselves: what they print are its keys.</summary>
public static partial class InitCommands
{
    /// <summary>
    /// <see cref="KeyTrace.Found"/> when the keys are written to a file, <see cref="KeyTrace.Unclear"/> when nothing says where they go. Asking for the status
    /// (<c>-status</c>), comments, and text that is only printed initialise nothing.
    /// </summary>
    /// <param name="words">Command and arguments.</param>
    public static KeyTrace In(IReadOnlyList<string> words)
    {
        var text = Comment().Replace(string.Join(' ', words), " ");
        var worst = KeyTrace.None;
        foreach (var match in Call().Matches(text).Where(match => !OnlyAsks().IsMatch(match.Groups["rest"].Value) && !Printed(text, match.Index)))
        {
            var kept = IntoFile().IsMatch(match.Groups["rest"].Value) || IntoTee().IsMatch(text[(match.Index + match.Length)..]);
            worst = kept || worst == KeyTrace.Found ? KeyTrace.Found : KeyTrace.Unclear;
        }

        return worst;
    }

    private static bool Printed(string text, int at)
    {
        var start = text.AsSpan(0, at).LastIndexOfAny(";&|\n(") + 1;
        return Prints().IsMatch(text[start..at]);
    }

    [GeneratedRegex(@"(?<![^\s;])#[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(vault|bao)\s{1,8}operator\s{1,8}init(?![\w\-.])(?<rest>[^;&|\n)]{0,2000})", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex(@"(^|\s)--?(status|help|h)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OnlyAsks();

    [GeneratedRegex(@"(?<!2)>{1,2}\s{0,4}(?!/dev/)[^\s>&]", RegexOptions.CultureInvariant)]
    private static partial Regex IntoFile();

    [GeneratedRegex(@"^\s{0,4}\|\s{0,4}tee\s", RegexOptions.CultureInvariant)]
    private static partial Regex IntoTee();

    [GeneratedRegex(@"\b(echo|printf)\s", RegexOptions.CultureInvariant)]
    private static partial Regex Prints();
}
