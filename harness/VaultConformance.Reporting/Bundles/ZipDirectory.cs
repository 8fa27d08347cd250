using System.Buffers.Binary;

namespace VaultConformance.Reporting.Bundles;

/// <summary>
/// Looks at the directory at the end of a ZIP file before anything is unpacked: how many entries there are, and that the file ends where
/// the directory says. So neither a huge directory nor anything put behind it gets as far as the unpacker.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint HeaderSignature = 0x02014b50;
    private const int EndSize = 22;
    private const int HeaderSize = 46;

    /// <summary>Why the file is not a ZIP file that a bundle can be, or null.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="mostEntries">Largest number of entries.</param>
    public static string? ExplainRefusal(ReadOnlySpan<byte> file, int mostEntries)
    {
        if (file.Length < 4 || !file.StartsWith("PK"u8))
        {
            return "it is not a ZIP file";
        }

        if (file.Length < EndSize || ReadWord(file, file.Length - EndSize) != EndSignature || ReadHalf(file, file.Length - 2) != 0)
        {
            return "it is cut off, or something was put behind its end";
        }

        var end = file[^EndSize..];
        var entries = ReadHalf(end, 10);
        return entries > mostEntries
            ? $"it has {entries} entries or more; at most {mostEntries} are allowed"
            : Count(file, ReadWord(end, 16), ReadWord(end, 12)) == entries && ReadWord(end, 4) == 0 && ReadHalf(end, 8) == entries
                ? null
                : "its directory does not fit the file";
    }

    /// <summary>Number of headers in the directory; -1 when it is not whole.</summary>
    private static int Count(ReadOnlySpan<byte> file, uint start, uint size)
    {
        var stop = file.Length - EndSize;
        if (start + (long)size != stop)
        {
            return -1;
        }

        var count = 0;
        long at = start;
        while (at + HeaderSize <= stop && ReadWord(file, (int)at) == HeaderSignature)
        {
            var header = file[(int)at..];
            at += HeaderSize + ReadHalf(header, 28) + ReadHalf(header, 30) + ReadHalf(header, 32);
            count++;
        }

        return at == stop ? count : -1;
    }

    private static uint ReadWord(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ushort ReadHalf(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
