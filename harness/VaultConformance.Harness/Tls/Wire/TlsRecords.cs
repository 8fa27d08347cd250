using System.Text;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Tells TLS records from other bytes.</summary>
internal static class TlsRecords
{
    private const byte Major = 3;
    private const byte ChangeCipherSpec = 20;
    private const byte Application = 23;
    private const int LongestExcerpt = 200;

    /// <summary>True when a record could begin like this.</summary>
    public static bool LooksLikeTls(ReadOnlySpan<byte> start) =>
        start is [>= ChangeCipherSpec and <= Application] or [>= ChangeCipherSpec and <= Application, Major, ..];

    /// <summary>Completes the sentence "the server …" for bytes that are no TLS.</summary>
    public static string DescribeNotTls(ReadOnlySpan<byte> bytes) => $"answered with something that is not TLS: '{ToPrintable(bytes)}'";

    /// <summary>At most 200 characters with everything unprintable replaced, and without secrets: whatever answers may show one.</summary>
    public static string ToPrintable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F or (byte)'\r' or (byte)'\n' ? (char)value : '.');
        }

        // What is cut first is no longer known by its shape.
        var masked = SecretScanner.Mask(text.ToString()).Replace('\r', ' ').Replace('\n', ' ');
        return masked[..Math.Min(masked.Length, LongestExcerpt)];
    }
}
