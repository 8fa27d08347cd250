using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Commands that initialise Vault by themselves: what they print are its keys. Whether the command line or the API is asked makes no
/// difference.
/// </summary>
internal static partial class InitCommands
{
    /// <summary>
    /// <see cref="KeyTrace.Found"/> when the keys are written to a file, <see cref="KeyTrace.Unclear"/> when nothing says where they go.
    /// Asking for the status (<c>-status</c>, a GET of <c>sys/init</c>), comments, and text that is only printed initialise nothing.
    /// </summary>
    /// <param name="words">Command and arguments.</param>
    public static KeyTrace FindIn(IReadOnlyList<string> words)
    {
        // A body in several lines and a line that goes on belong to one command; what separates commands has no meaning in a body.
        var text =
            Body.Replace(GoesOn.Replace(Comment.Replace(string.Join(' ', words), " "), " "), match => Separators.Replace(match.Value, " "));
        return FindCalls(text).Concat(FindRequests(text)).DefaultIfEmpty().Max();
    }

    private static IEnumerable<KeyTrace> FindCalls(string text) => Call.Matches(text)
        .Where(match => !OnlyAsks.IsMatch(match.Groups["rest"].Value) && !Prints.IsMatch(text[Start(text, match.Index)..match.Index]))
        .Select(match => Trace(IntoFile.IsMatch(match.Groups["rest"].Value) || IntoTee.IsMatch(text, match.Index + match.Length)));

    // Each command is checked once, so that time grows with the length of the text only.
    private static IEnumerable<KeyTrace> FindRequests(string text)
    {
        var start = 0;
        foreach (var end in Ends.Matches(text).Select(match => match.Index).Append(text.Length))
        {
            var command = text[start..end];
            if (Path.IsMatch(command) && !Prints.IsMatch(command) && Sends.IsMatch(command))
            {
                yield return Trace(IntoFile.IsMatch(command) || IsSaved(command) || IntoTee.IsMatch(text, end));
            }

            start = Math.Min(end + 1, text.Length);
        }
    }

    // wget makes a file of what it gets unless it is told otherwise.
    private static bool IsSaved(string command) => IntoOutput.IsMatch(command) || (Saves.IsMatch(command) && !IntoNothing.IsMatch(command));

    private static KeyTrace Trace(bool kept) => kept ? KeyTrace.Found : KeyTrace.Unclear;

    private static int Start(string text, int at) => text.AsSpan(0, at).LastIndexOfAny(";&|\n(") + 1;

    [GeneratedRegex(@"(?<![^\s;])#[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"\\\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex GoesOn { get; }

    [GeneratedRegex(@"\{[^{}]{0,2000}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Body { get; }

    [GeneratedRegex(@"[;&|\n()]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators { get; }

    [GeneratedRegex(
        @"\b(" + ServerProduct.Programs + @")\s{1,8}operator\s{1,8}init(?![\w\-.])(?<rest>[^;&|\n)]{0,2000})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Call { get; }

    /// <summary>
    /// What ends a command; a bracket begins one behind a dollar or a blank, and belongs to a call of a function elsewhere.
    /// </summary>
    [GeneratedRegex(@"[;&|\n`]|(?<=[$\s])\(", RegexOptions.CultureInvariant)]
    private static partial Regex Ends { get; }

    [GeneratedRegex(@"\bsys/init(?![\w\-./])", RegexOptions.CultureInvariant)]
    private static partial Regex Path { get; }

    /// <summary>What makes a request one that writes: the method, a body, or the client's command for it.</summary>
    [GeneratedRegex(
        @"(?<![A-Za-z])(PUT|POST|XPUT|XPOST)(?![A-Za-z])|\s(-[A-Za-z]{0,8}d(?=[\s""'{@=])|-[A-Za-z]{0,8}[FT](?=[\s""'@])|--(data|json|form"
            + @"|upload-file|post-data|post-file|body-data|body-file)\b)|\b("
            + ServerProduct.Programs
            + @")\s.{0,400}\b(write|put|patch)\s|\.(put|post)\(|-Method\s",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sends { get; }

    [GeneratedRegex(
        @"\s(-[A-WYZa-z]{0,8}[oO]|--output(-document|-file)?|-OutFile)[\s=]{0,4}[""']?(?!-[\s""']|-$|/dev/)[^\s""']",
        RegexOptions.CultureInvariant)]
    private static partial Regex IntoOutput { get; }

    [GeneratedRegex(@"\bwget\s", RegexOptions.CultureInvariant)]
    private static partial Regex Saves { get; }

    [GeneratedRegex(@"\s(-[A-Za-z]{0,8}O|--output-document)[\s=]{0,4}[""']?(-|/dev/)", RegexOptions.CultureInvariant)]
    private static partial Regex IntoNothing { get; }

    [GeneratedRegex(@"(^|\s)--?(status|help|h)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OnlyAsks { get; }

    [GeneratedRegex(@"(?<!2)>{1,2}\s{0,4}(?!/dev/)[^\s>&]", RegexOptions.CultureInvariant)]
    private static partial Regex IntoFile { get; }

    [GeneratedRegex(@"\G\s{0,4}\|\s{0,4}tee\s", RegexOptions.CultureInvariant)]
    private static partial Regex IntoTee { get; }

    [GeneratedRegex(@"\b(echo|printf)\s", RegexOptions.CultureInvariant)]
    private static partial Regex Prints { get; }
}
