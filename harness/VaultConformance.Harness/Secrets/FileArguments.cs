using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Arguments whose value is read from a file or from the standard input, as the Vault CLI writes them: <c>jwt=@/run/token</c>,
/// <c>token=@-</c>.
/// </summary>
internal static partial class FileArguments
{
    private const int LongestCommand = 512;

    /// <summary>True when the value behind a name says where to read.</summary>
    /// <param name="text">A script, or one argument of a command.</param>
    /// <param name="separator">Where the equals sign stands.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="end">Where the value ends.</param>
    public static bool Is(string text, int separator, int start, int end)
    {
        // 'name = "@x"' in a configuration is a literal; arguments have no blanks there.
        if (text[separator] != '='
            || start >= end
            || text[start] != '@'
            || text.AsSpan(separator + 1, start - separator - 1).ContainsAny(' ', '\t')
            || separator == 0 || char.IsWhiteSpace(text[separator - 1]))
        {
            return false;
        }

        var file = text[(start + 1)..end];
        return file == "-" || file.StartsWith('$') || SecretValues.IsReference(file)
            || (PlainFile.IsMatch(file)
                && !SecretValues.HasRandomPart(file)
                && Client.IsMatch(text[Math.Max(0, separator - LongestCommand)..separator]));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._/\-]{1,256}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainFile { get; }

    // In the same command: a client of the server that takes such arguments.
    [GeneratedRegex(
        @"\b(" + ServerProduct.Programs + @")\s[^;&|\n]{0,400}\b(write|login|put|patch|enable|unwrap)\s[^;&|\n]{0,400}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Client { get; }
}
