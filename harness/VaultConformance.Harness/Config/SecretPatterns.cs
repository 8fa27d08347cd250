using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Config;

/// <summary>What a credential looks like where no attribute name tells: in comments, URLs and <c>name=value</c> strings.</summary>
internal static partial class SecretPatterns
{
    // References are no secrets: Vault's seals resolve env:// and file://, and gcpckms takes the path of a credentials file.
    internal static bool IsHarmless(HclAssignment assignment) => assignment.Value switch
    {
        HclNull => true,
        HclString { IsHeredoc: false } literal => literal.Text.Length == 0
            || Reference().IsMatch(literal.Text)
            || (assignment.Name.Equals("credentials", StringComparison.OrdinalIgnoreCase) && CredentialsFile().IsMatch(literal.Text)),
        _ => false,
    };

    // Returns what may stay of a comment that holds a credential; null when it holds none.
    internal static string? InComment(string comment)
    {
        var assignment = CommentedAssignment().Match(comment);
        if (assignment.Success)
            return comment[..(assignment.Index + assignment.Length)].ReplaceLineEndings(" ");
        return KeyMaterial().Matches(comment).Any(LooksRandom) ? comment[..(comment.StartsWith('#') ? 1 : 2)] : null;
    }

    // A ruler of dashes is long too; key material has digits or is PEM.
    private static bool LooksRandom(Match found) => found.Value.StartsWith("-----BEGIN", StringComparison.Ordinal) || found.Value.Any(char.IsAsciiDigit);

    internal static string MaskParts(string text) =>
        Pair().Replace(UserInfo().Replace(text, $"${{scheme}}{ConfigMasker.Masked}@"), $"${{name}}{ConfigMasker.Masked}");

    [GeneratedRegex(@"^(env|file)://[\w./\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^/[\w./\-]+\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex CredentialsFile();

    // A commented-out credential is a credential: everything behind the name goes.
    [GeneratedRegex(
        @"\b\w*(token|secret|secret_key|access_key|access_key_id|secret_id|password|passphrase|pin|credentials|private_key|api_key|\bkey)""?\s*[=:]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CommentedAssignment();

    [GeneratedRegex(@"-----BEGIN|[A-Za-z0-9+_=\-]{40,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyMaterial();

    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+.\-]*://)[^\s/@]*:\S*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        @"(?<name>\b\w*(token|secret|secret_key|access_key|access_key_id|secret_id|password|passwd|passphrase)=)[^\s&]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
