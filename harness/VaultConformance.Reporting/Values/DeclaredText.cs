using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Says on one line what a values file declares, and never a secret: what could be one is hidden, and blocks are only counted.
/// </summary>
internal static partial class DeclaredText
{
    /// <summary>What stands in place of a value that could be a secret.</summary>
    public const string Hidden = "(hidden)";

    private const int MaximumLength = 80;
    private const int Examined = 400;

    /// <summary>What a value is.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="node">The value.</param>
    public static string Describe(string name, ValuesNode node) => node switch
    {
        ValuesMap map => Count(map.Entries.Count + map.Merged.Count, "mapping with", "key"),
        ValuesList list => Count(list.Items.Count, "list of", "entry", "entries"),
        ValuesScalar { IsNull: true } => "null",
        ValuesScalar { Text: "" } => "empty",
        ValuesScalar scalar when scalar.Text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) => Block(scalar),
        ValuesScalar scalar => DescribeScalar(name, scalar.Text.TrimEnd('\n')),
        _ => string.Empty,
    };

    /// <summary>What a configuration says about a word: the assignment alone, or how long the configuration is.</summary>
    /// <param name="word">The word.</param>
    /// <param name="scalar">The configuration.</param>
    /// <param name="line">Line where the word stands.</param>
    public static string DescribeWord(string word, ValuesScalar scalar, int line) =>
        ConfigWord.FindAssigned(scalar.Line == scalar.LastLine ? scalar.Text : scalar.File.Lines[line - 1], word) is { } value
            && DescribeScalar(word, value) is var text and not Hidden ? $"{word} = {text}" : Block(scalar);

    /// <summary>What a block is that lacks something.</summary>
    /// <param name="node">The block.</param>
    /// <param name="missing">What it lacks.</param>
    public static string Without(ValuesNode node, string missing) => node switch
    {
        ValuesScalar { IsNull: true } => $"null, and so without {missing}",
        ValuesScalar scalar => $"{Block(scalar)} without {missing}",
        _ => $"{Describe(string.Empty, node)}, without {missing}",
    };

    private static string Block(ValuesScalar scalar) => Count(scalar.Text.TrimEnd('\n').Split('\n').Length, "block of", "line");

    private static string DescribeScalar(string name, string text)
    {
        // What lies far behind the part that is shown needs no examination, and could be megabytes.
        var start = text.Length > Examined ? text[..Examined] : text;
        var plain = text is "true" or "false" || (text.Length < 4 && int.TryParse(text, CultureInfo.InvariantCulture, out _));
        return !plain && (SecretName.IsMatch(name) || SecretContent.IsMatch(start))
            ? Hidden
            : Printable.Cut(Printable.ToOneLine(text), MaximumLength);
    }

    private static string Count(int count, string before, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{before} {count} {(count == 1 ? one : many ?? one + "s")}");

    [GeneratedRegex(
        "token|secret|passw|passphrase|credential|private|api_?key|access_?key|unseal|recovery|licen[cs]e|_pin$|^pin$|_key$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName { get; }

    // Vault tokens, keys in PEM, JSON web tokens, cloud key ids, passwords in addresses and assignments, and whatever looks random.
    [GeneratedRegex(
        @"\bhv[sbr]\.|\b[sbr]\.[A-Za-z0-9]{20,}|-----BEGIN|\beyJ[A-Za-z0-9_-]{8,}|\bA[KS]IA[A-Z0-9]{12,}|://[^/\s@]*:[^/\s@]*@"
        + @"|(?i:token|secret|passw|credential|api_?key|access_?key)[\w-]*[""']?\s*[=:\s]\s*\S|(?<!sha256:)\b[0-9a-fA-F]{32,}\b"
        + @"|(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[0-9])(?<![A-Za-z0-9+/_-])[A-Za-z0-9+_-]{20,}={0,2}",
        RegexOptions.CultureInvariant)]
    private static partial Regex SecretContent { get; }
}
