using System.Text;
using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Takes the credentials out of a server configuration before it becomes evidence. Names, structure and line numbers stay, and a masked
/// value is still a literal, so a reader sees that a credential was written there but not which.
/// </summary>
internal static class ConfigMasker
{
    /// <summary>What stands in place of a credential.</summary>
    public const string Masked = Credentials.Masked;

    private const int LongestWordOfComment = 40;

    /// <summary>
    /// Replaces the values of credential-bearing attributes, passwords in URLs and in <c>name=value</c> strings, and comments that hold
    /// any.
    /// </summary>
    /// <param name="text">
    /// HCL or JSON. Text that cannot be read is withheld as a whole, for nothing can be said about what it holds.
    /// </param>
    /// <returns>
    /// The masked text, in which sensitive values are the string <see cref="Masked"/>; empty values and <c>env://</c> or <c>file://</c>
    /// references stay.
    /// </returns>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > SecretScanner.LongestText)
        {
            return SecretScanner.Mask(text);
        }

        try
        {
            return Replace(text, ListReplacements(text));
        }
        catch (HclSyntaxException problem)
        {
            return $"# {Masked} withheld: the configuration cannot be read (line {problem.Line}: {problem.Problem})\n";
        }
    }

    private static IEnumerable<Replacement> ListReplacements(string text)
    {
        var (_, _, assignments) = HclParser.Parse(text);
        var whole = assignments
            .Select(
                assignment => (At: assignment, Trace: ListLiterals(assignment.Value)
                    .Select(literal => Credentials.TraceInSetting(assignment.Path, assignment.Name, literal))
                    .DefaultIfEmpty()
                    .Max()))
            .Where(item => item.Trace != CredentialTrace.None)
            .Select(item => new Replacement(
                item.At.Start, item.At.Stop, $"\"{Credentials.Mark(item.Trace, SecretScanner.Mask(text[item.At.Start..item.At.Stop]))}\""
                    + $"{GetLineBreaks(text[item.At.Start..item.At.Stop])}"));
        var parts = HclLexer.ReadTokens(text)
            .Where(token => token.Kind is HclTokenKind.String or HclTokenKind.Heredoc or HclTokenKind.Comment)
            .Select(token => new Replacement(token.Start, token.Stop, MaskWithin(token.Kind, text[token.Start..token.Stop])));

        // A masked value may hold strings of its own; the outer replacement comes first and wins. The sort is stable.
        return SelectOutermost(whole.Concat(parts).OrderBy(item => item.Start).ThenByDescending(item => item.Stop));
    }

    // What stands in an object has a name of its own.
    private static IEnumerable<string> ListLiterals(HclValue value) => value switch
    {
        HclList list => list.Items.SelectMany(ListLiterals),
        HclBool or HclObject => [],
        _ => value.AsText() is { } text ? [text] : [],
    };

    private static IEnumerable<Replacement> SelectOutermost(IEnumerable<Replacement> ordered)
    {
        var reached = 0;
        foreach (var replacement in ordered.Where(item => item.Stop > item.Start))
        {
            if (replacement.Start < reached)
            {
                continue;
            }

            reached = replacement.Stop;
            yield return replacement;
        }
    }

    private static string MaskWithin(HclTokenKind kind, string written) => kind switch
    {
        HclTokenKind.String => $"\"{SecretScanner.Mask(written[1..^1])}\"",
        HclTokenKind.Comment => MaskComment(written),
        _ => SecretScanner.Mask(written),
    };

    // A commented private key loses its shape line by line; what is left of it is long and random, also where a part is masked already.
    private static string MaskComment(string written)
    {
        var masked = SecretScanner.Mask(written);
        return masked.Split(' ', '\t', '\n').Any(
            word => word.Length >= LongestWordOfComment && SecretShapes.LooksRandom(word) && !word.Contains('/', StringComparison.Ordinal))
            ? $"{written[..(written.StartsWith('#') ? 1 : 2)]} "
                + $"{Masked}{GetLineBreaks(written)}{(written.StartsWith("/*", StringComparison.Ordinal) ? " */" : "")}"
            : masked;
    }

    private static string GetLineBreaks(string written) => new('\n', written.Count(character => character == '\n'));

    private static string Replace(string text, IEnumerable<Replacement> replacements)
    {
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var replacement in replacements)
        {
            masked.Append(text, copied, replacement.Start - copied).Append(replacement.With);
            copied = replacement.Stop;
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    private sealed record Replacement(int Start, int Stop, string With);
}
