using System.Globalization;
using System.Net;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads <c>/proc/net/tcp</c> and <c>tcp6</c>.</summary>
internal static class ListeningSocketsParser
{
    private const string Listen = "0A";
    private const int UidField = 7;
    private const int InodeField = 9;
    private const int WordLength = 8;

    /// <summary>Sockets in state LISTEN.</summary>
    /// <exception cref="PodDumpException">Neither file could be read.</exception>
    public static ListeningSockets Parse(PodDump dump)
    {
        var tables = new[] { dump.FindText("tcp"), dump.FindText("tcp6") }.OfType<string>().ToList();
        return tables.Count > 0
            ? new ListeningSockets([.. tables.SelectMany(table => table.Split('\n')).Select(ParseSocket).OfType<ListeningSocket>()])
            : throw new PodDumpException($"{dump.Request.Target} shows neither /proc/net/tcp nor /proc/net/tcp6.");
    }

    private static ListeningSocket? ParseSocket(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= UidField || fields[3] != Listen || fields[1].Split(':') is not [var address, var port])
        {
            return null;
        }

        return ParseAddress(address) is { } local
            && int.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(fields[UidField], NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
                ? new ListeningSocket(local.ToString(), number, uid, ParseInode(fields))
                : null;
    }

    /// <summary>Zero for a socket that no process has open any more.</summary>
    private static long? ParseInode(string[] fields) =>
        fields.Length > InodeField
            && long.TryParse(fields[InodeField], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            && inode > 0 ? inode : null;

    /// <summary>
    /// The kernel prints each 32-bit word in its own byte order; all platforms Vault runs on are little-endian except s390x, where the
    /// words are as they are read.
    /// </summary>
    private static IPAddress? ParseAddress(string hexadecimal)
    {
        if (hexadecimal.Length is not (WordLength or 4 * WordLength) || !hexadecimal.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var bytes = Convert.FromHexString(hexadecimal);
        for (var word = 0; word < bytes.Length; word += sizeof(uint))
        {
            Array.Reverse(bytes, word, sizeof(uint));
        }

        return new IPAddress(bytes);
    }
}

/// <summary>Takes the listening sockets.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class SocketsProbe(IPodDumps dumps)
    : ParsedDumpProbe<ListeningSockets>(ObservationKinds.Sockets, dumps, ListeningSocketsParser.Parse);
