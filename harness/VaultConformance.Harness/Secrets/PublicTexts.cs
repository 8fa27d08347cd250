using System.Text;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// What is made to be known: certificates, public keys. Only the whole shape counts; a private part beside it is found by its own shape.
/// </summary>
internal static partial class PublicTexts
{
    private const int LengthBytes = 4;

    /// <summary>True when a value is a public key or certificates and nothing else.</summary>
    /// <param name="text">The value.</param>
    public static bool Is(string text) => IsSshKey(text) || Blocks.IsMatch(text);

    // The type stands before the key and again in it.
    private static bool IsSshKey(string text)
    {
        if (SshKey.Match(text) is not { Success: true } match)
        {
            return false;
        }

        var written = match.Groups["key"].Value;
        var bytes = new byte[written.Length];
        var type = match.Groups["type"].Value;
        return Convert.TryFromBase64String(written, bytes, out var length) && length > LengthBytes + type.Length
            && Encoding.ASCII.GetString(bytes, LengthBytes, type.Length) == type
            && (match.Groups["comment"].Value.Trim() is var comment && (comment.Length == 0 || SecretValues.IsLabel(comment)));
    }

    [GeneratedRegex(@"\A(?<type>ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp\d{3}|sk-[a-z0-9@.\-]{8,48}) (?<key>[A-Za-z0-9+/]{40,1200}={0,2})"
        + @"(?<comment> [^\r\n]{1,100})?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SshKey { get; }

    [GeneratedRegex(@"\A(\s*-----BEGIN (CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|TRUSTED CERTIFICATE|X509 "
        + @"CRL)-----[A-Za-z0-9+/=\s\\]*-----END [A-Z0-9 ]{1,40}-----\s*)+\z",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Blocks { get; }
}
