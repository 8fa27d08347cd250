using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>Certificates within text. They are public, and a line of one can have the length of an unseal key by chance.</summary>
internal static partial class CertificateBlocks
{
    /// <summary>
    /// Changes a text, but for the certificates in it. What only claims to be a certificate is changed like everything else.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="change">The change.</param>
    public static string Keep(string text, Func<string, string> change)
    {
        var blocks = Block.Matches(text).Where(block => IsCertificate(block.Groups["body"].Value)).ToList();
        if (blocks.Count == 0)
        {
            return change(text);
        }

        var parts = new List<string>();
        var end = 0;
        foreach (var block in blocks)
        {
            parts.Add(change(text[end..block.Index]));
            parts.Add(block.Value);
            end = block.Index + block.Length;
        }

        return string.Concat([.. parts, change(text[end..])]);
    }

    private static bool IsCertificate(string body)
    {
        try
        {
            var bytes = Convert.FromBase64String(LineEnd.Replace(body, string.Empty));
            using var certificate = X509CertificateLoader.LoadCertificate(bytes);
            return certificate.RawData.Length == bytes.Length;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    // In JSON and in quoted YAML an end of line is written as \n.
    [GeneratedRegex(
        @"-----BEGIN CERTIFICATE-----(?<body>(?:\\[rn]|[A-Za-z0-9+/=\s])*)-----END CERTIFICATE-----", RegexOptions.CultureInvariant)]
    private static partial Regex Block { get; }

    [GeneratedRegex(@"\\[rn]|\s", RegexOptions.CultureInvariant)]
    private static partial Regex LineEnd { get; }
}
