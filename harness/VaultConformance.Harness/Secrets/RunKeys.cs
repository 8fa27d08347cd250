using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace VaultConformance.Harness.Secrets;

/// <summary>Knows the keys and the root token of this run by their SHA-256 only, and finds them in text.</summary>
internal sealed class RunKeys
{
    // Shorter tokens are words of any text; only a server in development mode has such.
    private const int ShortestSecret = 8;

    private readonly FrozenDictionary<string, string> _kinds;
    private readonly FrozenSet<int> _lengths;

    /// <summary>Takes the digests.</summary>
    /// <param name="material">Keys and root token; null when this run has none.</param>
    public RunKeys(UnsealMaterial? material)
    {
        var words = (material?.Keys ?? [])
            .SelectMany(key => ListNotations(key.Reveal()))
            .Select(word => (Word: word, Kind: material!.AutoUnseal ? "a recovery key of this run" : "an unseal key of this run"))
            .Append((Word: ToPlain(material?.RootToken.Reveal() ?? string.Empty), Kind: "the root token of this run"))
            .Where(item => item.Word.Length >= ShortestSecret)
            .DistinctBy(item => item.Word)
            .ToList();
        _kinds = words.ToFrozenDictionary(item => ComputeDigest(item.Word), item => item.Kind);
        _lengths = words.Select(item => item.Word.Length).ToFrozenSet();
    }

    /// <summary>Kinds of the keys that stand in a text as words.</summary>
    /// <param name="text">Any text.</param>
    public IEnumerable<string> FindIn(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '+' or '/' or '_' or '-' or '.'))
            {
                continue;
            }

            if (ClassifyWord(text.AsSpan(start, at - start).TrimEnd('.')) is { } kind)
            {
                yield return kind;
            }

            start = at + 1;
        }
    }

    private string? ClassifyWord(ReadOnlySpan<char> word) =>
        _lengths.Contains(word.Length) ? _kinds.GetValueOrDefault(ComputeDigest(word.ToString())) : null;

    // Base64 with and without its padding, of both alphabets, and hexadecimal: a key is printed in any of them.
    private static IEnumerable<string> ListNotations(string key)
    {
        var plain = ToPlain(key);
        yield return plain;
        var bytes = new byte[key.Length];
        if (Convert.TryFromBase64String(key.Trim(), bytes, out var written))
        {
            yield return plain.Replace('+', '-').Replace('/', '_');
            yield return Convert.ToHexStringLower(bytes.AsSpan(0, written));
            yield return Convert.ToHexString(bytes.AsSpan(0, written));
        }
    }

    private static string ToPlain(string secret) => secret.Trim().TrimEnd('=');

    private static string ComputeDigest(string word) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word)));
}
