using System.Text;

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
    public static string NotTls(ReadOnlySpan<byte> bytes) => $"answered with something that is not TLS: '{Printable(bytes)}'";

    /// <summary>At most 200 characters with everything unprintable replaced.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(LongestExcerpt);
        foreach (var value in bytes[..Math.Min(bytes.Length, LongestExcerpt)])
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : value is (byte)'\r' or (byte)'\n' ? ' ' : '.');
        }

        return text.ToString();
    }
}
