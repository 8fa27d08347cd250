using System.Globalization;
using System.Text;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Takes the output of the dump script apart. Content is bytes; only the random marker after a line break ends it.</summary>
internal static class DumpFrames
{
    /// <summary>Name of the frame that ends a complete dump.</summary>
    public const string Last = "done";

    private const string Ending = "= ";

    /// <summary>The frames by name.</summary>
    /// <exception cref="PodDumpException">The output is not a complete dump.</exception>
    public static IReadOnlyDictionary<string, DumpFrame> Parse(string marker, ReadOnlySpan<byte> output)
    {
        var frames = new Dictionary<string, DumpFrame>(StringComparer.Ordinal);
        var separator = Encoding.ASCII.GetBytes($"\n{marker} ");
        (string Name, byte[] Content)? open = null;
        var next = ReadNext(output, separator);
        while (next.Length > 0)
        {
            var lineEnd = next.IndexOf((byte)'\n');
            var header = Encoding.ASCII.GetString(lineEnd < 0 ? next : next[..lineEnd]);
            var content = lineEnd < 0 ? default : next[(lineEnd + 1)..];
            if (!header.StartsWith(Ending, StringComparison.Ordinal))
            {
                open = (header, ReadContent(lineEnd < 0 ? default : next[lineEnd..], separator));
            }
            else if (open is var (name, bytes)
                && int.TryParse(header[Ending.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                frames[name] = new DumpFrame(bytes, code);
                open = null;
            }

            next = ReadNext(lineEnd < 0 ? default : next[lineEnd..], separator);
        }

        return open?.Name == Last
            ? frames
            : throw new PodDumpException($"The output ended after {frames.Count} of its parts.");
    }

    /// <summary>What follows the next separator; empty at the end.</summary>
    private static ReadOnlySpan<byte> ReadNext(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> separator)
    {
        var at = rest.IndexOf(separator);
        return at < 0 ? default : rest[(at + separator.Length)..];
    }

    /// <summary>From the line break that ends the header to the separator, without that line break.</summary>
    private static byte[] ReadContent(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> separator)
    {
        var at = rest.IndexOf(separator);
        return at <= 0 ? [] : rest[1..at].ToArray();
    }
}

/// <summary>One frame of a dump.</summary>
/// <param name="Content">What the command printed.</param>
/// <param name="ExitCode">How it ended.</param>
internal sealed record DumpFrame(byte[] Content, int ExitCode)
{
    /// <summary>As UTF-8 text; invalid bytes are replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>NUL-terminated items; an unterminated rest counts as one.</summary>
    public IReadOnlyList<string> Items
    {
        get
        {
            var text = Text;
            var items = text.Split('\0');
            return items is [.., ""] ? items[..^1] : items;
        }
    }
}
